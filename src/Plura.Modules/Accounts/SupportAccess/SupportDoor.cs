using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The second way into an account: no membership, but a grant of the account that is open at this moment, by which the person came in
/// with a button (which wrote it into the account's log). Without one the account does not exist for them, whoever they are.
/// </summary>
public sealed class SupportDoor(PluraDb db, Tenant tenant, Actor actor, RoleBook roles, Operators operators, Stay stay, TimeProvider clock)
{
    /// <summary>Among a request's items: the sentence for whoever wanted to change what they may only look at.</summary>
    public const string Sentence = "plura.look-only";

    /// <summary>What stands before the name of whoever is inside as support.</summary>
    public const string Prefix = "Support: ";

    public async Task<IResult?> Enter(HttpContext http, string slug, Guid person)
    {
        var ct = http.RequestAborted;
        var looks = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var account = await db.Accounts.Where(a => a.Slug == slug).Select(a => new { a.Id, a.ReadableUntil }).FirstOrDefaultAsync(ct);
        var user = await db.Users.Where(u => u.Id == person).Select(u => new { u.Name, u.Email, u.EmailConfirmed }).FirstOrDefaultAsync(ct);
        if (account is null || user is null)
            return Results.NotFound();
        var asOperator = user.EmailConfirmed && operators.Addresses.Contains(user.Email!);
        if (await Way(account.Id, person, asOperator, ct) is not { } way)
            return Results.NotFound();
        var agency = way.AgencyId is { } id ? await db.Agencies.Where(a => a.Id == id).Select(a => new { a.Slug, a.Name }).FirstAsync(ct) : null;
        if (!way.Inside)
            return looks ? Results.LocalRedirect(agency is null ? "/operator/support" : $"/g/{agency.Slug}/support") : Results.NotFound();
        if (ClosedDoor.Refuse(http, account.ReadableUntil) is { } closed)
            return closed;
        if (!looks && !string.Equals(way.May, SupportGrant.Work, StringComparison.Ordinal))
            return LookOnly(http);

        tenant.Enter(account.Id);
        var role = string.Equals(way.May, SupportGrant.Work, StringComparison.Ordinal) ? Membership.Member : Membership.ReadOnly;
        actor.Become(ActorKind.User, person, $"{Prefix}{user.Name} ({agency?.Name ?? "operator"})", roles.OfMember(role, own: null, closed: account.ReadableUntil is not null));
        if (account.ReadableUntil is not null || role == Membership.ReadOnly)
            actor.OnlyLook();
        stay.OnlyWhile(async (services, token) => await services.GetRequiredService<SupportDoor>().Way(account.Id, person, asOperator, token) is { Inside: true } now && now.Id == way.Id);
        return null;
    }

    /// <summary>A page where a browser asked; problem details for programs.</summary>
    private static IResult LookOnly(HttpContext http)
    {
        const string sentence = "This account lets you look, not change. Its owner can let you work, under Settings, Support access.";
        http.Items[Sentence] = sentence;
        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : Refusal.Forbidden("support.look_only", sentence).Problem();
    }

    private Task<SupportWay?> Way(Guid account, Guid person, bool asOperator, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - SupportVisit.Longest;
        return db.Database.SqlQuery<SupportWay>($"select id, agency_id, may, ends_at, inside from accounts.support_way({account}, {person}, {asOperator}, {now}, {since})").FirstOrDefaultAsync(ct);
    }

    private sealed record SupportWay(Guid Id, Guid? AgencyId, string May, DateTimeOffset EndsAt, bool Inside);
}
