using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The door of the API: a private token (<c>pit-…</c>) says which account and which scopes. It acts in the name of whoever made it: what
/// they may not do themselves any more it may not do either, and when they are gone it stops.
/// </summary>
internal static class TokenDoor
{
    /// <summary>Among a request's items: the scopes that the token itself has, whatever its person may.</summary>
    private const string Given = "plura.scopes";

    public static async Task<IResult?> Enter(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return ApiChallenge.Missing(http);
        var bearer = header["Bearer ".Length..].Trim();
        if (!ApiToken.Looks(bearer))
            return await AppDoor.Enter(http, bearer);
        var (db, now) = (http.RequestServices.GetRequiredService<PluraDb>(), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        // Looked up by its hash: what the comparison takes tells nothing of a token that is not known.
        var hash = ApiToken.HashOf(bearer);
        if (await db.ApiTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash || t.OldHash == hash, http.RequestAborted) is not { } token)
            return http.RequestServices.GetRequiredService<CallLimits>().TakeUnknown(http) ?? ApiChallenge.Refuse(http, "token.unknown", "This token is not known. Look whether it was copied whole, or make another under Settings, API tokens.");
        var old = !token.Hash.AsSpan().SequenceEqual(hash);
        if (Ended(token, old, now) is (var code, var why))
            return ApiChallenge.Refuse(http, code, why);
        if (http.RequestServices.GetRequiredService<CallLimits>().Take(http, token.Id) is { } tooMany)
            return tooMany;
        http.RequestServices.GetRequiredService<Tenant>().Enter(token.AccountId);
        await http.RequestServices.GetRequiredService<CallTally>().Count(db, token.Id, old ? Credential.OldToken : Credential.Token, DeviceWords.Network(http.Connection.RemoteIpAddress), http.RequestAborted);
        return await Act(http, ActorKind.Token, token.Id, token.Name, token.MadeBy, token.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>From here on the request acts with these scopes, as far as the person behind them may do the same.</summary>
    /// <param name="http">The request, inside the account.</param>
    /// <param name="kind">A token or an app.</param>
    /// <param name="id">The token's, or the connection's.</param>
    /// <param name="name">What the audit log calls it.</param>
    /// <param name="person">Whoever let it in; null where the machine's command line did.</param>
    /// <param name="scopes">What it was given; <c>*</c> for all.</param>
    internal static async Task<IResult?> Act(HttpContext http, ActorKind kind, Guid id, string name, Guid? person, string[] scopes)
    {
        var (db, account) = (http.RequestServices.GetRequiredService<PluraDb>(), http.RequestServices.GetRequiredService<Tenant>().Id);
        if (await db.Accounts.AnyAsync(a => a.Id == account && a.ReadableUntil != null, http.RequestAborted))
            return Refusal.Forbidden("account.closed", "The account was closed. If an owner opens it again, its tokens and apps work again.").Problem();
        var may = scopes;
        if (person is { } maker)
        {
            if (await http.RequestServices.GetRequiredService<MemberPowers>().Of(maker, http.RequestAborted) is not { } power)
                return ApiChallenge.Refuse(http, "token.person_left", "Whoever let this program in does not belong to the account any more. Somebody who does has to let it in anew.");
            may = scopes.Contains("*", StringComparer.Ordinal) ? [.. power.May] : [.. scopes.Where(power.May.Contains)];
            if (power.Assignees is { } assignees)
                http.RequestServices.GetRequiredService<Tenant>().Narrow(assignees);
        }

        http.Items[Given] = scopes;
        http.RequestServices.GetRequiredService<Actor>().Become(kind, id, name, may);
        return null;
    }

    /// <summary>Whether the endpoint's permission is among what the token may; the answer names the scope that is missing.</summary>
    public static IResult? May(HttpContext http, PermissionAttribute? permission)
    {
        if (permission is null)
            return Results.NotFound();
        if (http.RequestServices.GetRequiredService<Actor>().May(permission.Name))
            return null;
        return http.Items[Given] is string[] given && (given.Contains("*", StringComparer.Ordinal) || given.Contains(permission.Name, StringComparer.Ordinal))
            ? ApiChallenge.Scope(http, "token.person", permission.Name, $"This needs {permission.Name}. The token has it, but whoever let the program in may not do this any more.")
            : ApiChallenge.Scope(http, "token.scope", permission.Name, $"This needs the scope {permission.Name}, which this token was not given.");
    }

    private static (string Code, string Why)? Ended(ApiToken token, bool old, DateTimeOffset now)
    {
        if (token.RevokedAt is not null)
            return ("token.revoked", "This token was revoked.");
        if (old && token.OldEndsAt <= now)
            return ("token.replaced", "This token was replaced by a new one, and its last days are over. Use the new one.");
        return !old && token.ExpiresAt <= now ? ("token.expired", "This token has reached its end. Rotate it under Settings, API tokens, and use the new one.") : null;
    }
}
