using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Plura.Accounts.Data;
using Plura.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Plura.Accounts;

/// <summary>The two steps of OAuth that are ours: a person's answer on the page that asks, and the check behind each exchange for tokens. The library has checked the request before.</summary>
public static class OAuthEndpoints
{
    /// <summary>What of an app's request travels through our page. These and no others: an app must not be able to put an answer or an account into the person's form.</summary>
    internal static readonly string[] Carried = ["response_type", "response_mode", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"];

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapOAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(OAuthServer.Answer, Answer).WithName("AnswerApp").Public("The page before it asked to sign in; without a session nothing is answered.");
        routes.MapPost(OAuthServer.Token, Exchange).WithName("ExchangeToken").Public("Programs come with a code or a refresh token, which is the key.").DisableAntiforgery();
    }

    private static async Task<IResult> Answer(HttpContext http, IAntiforgery antiforgery, Tenant tenant, Actor actor, MemberPowers powers, ConnectAppHandler connect, CancellationToken ct)
    {
        await antiforgery.ValidateRequestAsync(http);
        if (http.GetOpenIddictServerRequest() is not { } request || http.GetOpenIddictServerResponse() is not null)
            return Results.BadRequest();
        if (actor is not { Kind: ActorKind.User, Id: { } person })
            return Results.LocalRedirect("/sign-in");
        var form = await http.Request.ReadFormAsync(ct);
        if (form["answer"] != "allow" || !Guid.TryParse(form["account"], out var account))
            return Refuse(Errors.AccessDenied, "The person said no.");
        // As dangerous as making a token, and as fresh: the page asks once more who they are, and then the same question again.
        if (!Proof.IsFresh(http))
            return Results.LocalRedirect(OAuthServer.Authorize + QueryString.Create(Carried.Select(name => KeyValuePair.Create(name, (string?)request[name])).Where(p => p.Value is not null)));

        tenant.Enter(account);
        if (await powers.Of(person, ct) is not { } power)
            return Refuse(Errors.AccessDenied, "The person may not let programs into this account.");
        actor.Become(ActorKind.User, person, power.Name, power.May);
        var connected = await connect.Handle(new ConnectApp { ClientId = request.ClientId ?? "", Scopes = [.. request.GetScopes()] }, ct);
        if (connected.Refusal is { } refusal)
            return Refuse(Errors.AccessDenied, refusal.Text);

        var identity = new ClaimsIdentity(Scheme);
        identity.SetClaim(Claims.Subject, person.ToString());
        identity.SetScopes(request.GetScopes().Append(Scopes.OfflineAccess).Distinct(StringComparer.Ordinal));
        identity.SetAuthorizationId(connected.Value.ToString());
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
    }

    private static async Task<IResult> Exchange(HttpContext http, PluraDb db, AuditTrail trail, CancellationToken ct)
    {
        // That an app was let in is on record; that it fetches its next token every hour is not worth a line.
        trail.Note();
        if (http.GetOpenIddictServerRequest() is not { } request || (await http.AuthenticateAsync(Scheme)).Principal is not { } principal)
            return Results.BadRequest();
        if (!Guid.TryParse(principal.GetAuthorizationId(), out var id) || !await Stands(db, id, ct))
            return Refuse(Errors.InvalidGrant, "The app was disconnected, or whoever let it in does not belong to the account any more.");
        var identity = new ClaimsIdentity(principal.Claims, Scheme);
        if (request.IsRefreshTokenGrantType() && request.GetScopes() is { IsEmpty: false } fewer)
            identity.SetScopes(principal.GetScopes().Where(s => s == Scopes.OfflineAccess || fewer.Contains(s)));
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
    }

    /// <summary>The connection is open, its person belongs to the account, and the account to the app's agency.</summary>
    private static Task<bool> Stands(PluraDb db, Guid connection, CancellationToken ct)
    {
        var (members, accounts) = (db.Memberships, db.Accounts);
        return db.AppConnections.AnyAsync(
            c => c.Id == connection && c.EndedAt == null && members.Any(m => m.AccountId == c.AccountId && m.UserId == c.UserId) && accounts.Any(a => a.Id == c.AccountId && a.AgencyId == c.Application!.AgencyId), ct);
    }

    private static IResult Refuse(string error, string why) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = why,
        }),
        [Scheme]);
}
