using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The API's door for connected apps: an access token leads to a connection, and the connection to an account. What the app may is what the
/// token has, the connection was given, the app may still ask for, and the person who let it in may do themselves: the least of all four.
/// </summary>
internal static class AppDoor
{
    public static async Task<IResult?> Enter(HttpContext http, string bearer)
    {
        var result = await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        var db = http.RequestServices.GetRequiredService<PluraDb>();
        if (!result.Succeeded || !Guid.TryParse(result.Principal.GetAuthorizationId(), out var id))
            return await WhyNot(http, bearer);
        var accounts = db.Accounts;
        var found = await db.AppConnections.AsNoTracking().Where(c => c.Id == id && c.EndedAt == null)
            .Join(accounts, c => c.AccountId, a => a.Id, (c, a) => new { Connection = c, App = c.Application, a.AgencyId }).FirstOrDefaultAsync(http.RequestAborted);
        if (found is not { App: { } app, Connection: { } connection })
            return Ended(http);
        if (app.AgencyId != found.AgencyId)
            return ApiChallenge.Refuse(http, "token.app_elsewhere", "This app belongs to an agency that does not look after the account any more.");
        if (http.RequestServices.GetRequiredService<CallLimits>().Take(http, connection.Id) is { } tooMany)
            return tooMany;
        http.RequestServices.GetRequiredService<Tenant>().Enter(connection.AccountId);
        await http.RequestServices.GetRequiredService<CallTally>().Count(db, connection.Id, Credential.App, DeviceWords.Network(http.Connection.RemoteIpAddress), http.RequestAborted);
        string[] scopes = [.. result.Principal.GetScopes().Intersect(connection.Given, StringComparer.Ordinal).Intersect(app.Scopes, StringComparer.Ordinal)];
        return await TokenDoor.Act(http, ActorKind.App, connection.Id, app.Name, connection.UserId, scopes);
    }

    /// <summary>The library says only that the token does not count; a program wants to know whether to refresh, to ask a person, or to look at its own storage.</summary>
    private static async Task<IResult> WhyNot(HttpContext http, string bearer)
    {
        var tokens = http.RequestServices.GetRequiredService<IOpenIddictTokenManager>();
        if (await tokens.FindByReferenceIdAsync(bearer, http.RequestAborted) is not AppToken { Type: OpenIddictConstants.TokenTypeIdentifiers.AccessToken } token)
            return http.RequestServices.GetRequiredService<CallLimits>().TakeUnknown(http) ?? ApiChallenge.Refuse(http, "token.unknown", "This token is not known. Look whether it was copied whole, or get another.");
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return token.Status == OpenIddictConstants.Statuses.Valid && token.ExpirationDate <= now
            ? ApiChallenge.Refuse(http, "token.expired", "This access token has reached its end. Get the next one with your refresh token.")
            : Ended(http);
    }

    private static IResult Ended(HttpContext http) => ApiChallenge.Refuse(http, "token.revoked", "This app was disconnected from the account, or its tokens were called back. A person has to let it in anew.");
}
