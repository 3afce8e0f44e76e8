using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Every request passes here once: it says who acts and inside which account, and refuses what the endpoint does not allow them.
/// An endpoint that declares nothing is refused. What is not yours answers 404, so that nobody learns what exists.
/// </summary>
public static class Doors
{
    /// <summary>Among a request's items: the names of those whom somebody who was refused can ask.</summary>
    public const string AskInstead = "plura.ask-instead";

    public static void UseDoors(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint() is not { } endpoint)
        {
            await next(http);
            return;
        }

        if ((await Refuse(http, endpoint) ?? await Proof.AskAgain(http)) is { } refusal)
            await refusal.ExecuteAsync(http);
        else
            await next(http);
    });

    private static async Task<IResult?> Refuse(HttpContext http, Endpoint endpoint)
    {
        if (IsAsset(endpoint))
            return null;
        var permission = endpoint.Metadata.GetMetadata<PermissionAttribute>();
        if (http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase))
            return await TokenDoor.Enter(http) ?? TokenDoor.May(http, permission);

        await KnowUser(http);
        if (http.GetRouteValue("account") is string slug && permission is not null)
            return await EnterBySlug(http, slug) ?? await May(http, permission);
        if (http.GetRouteValue("agency") is string agency && permission is not null)
            return await EnterAgency(http, agency) ?? await May(http, permission);
        if (http.Request.Path.StartsWithSegments("/operator", StringComparison.OrdinalIgnoreCase) && permission is not null)
            return await EnterOperator(http) ?? await May(http, permission);
        if (endpoint.Metadata.GetMetadata<PublicAttribute>() is not null)
            return null;
        if (endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null)
            return http.User.Identity?.IsAuthenticated == true ? null : AskToSignIn(http);
        return Results.NotFound();
    }

    private static async Task<IResult?> EnterBySlug(HttpContext http, string slug)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId)
            return AskToSignIn(http);
        var db = http.RequestServices.GetRequiredService<PluraDb>();
        var user = Guid.Parse(userId);
        var account = await db.Accounts.Where(a => a.Slug == slug)
            .Join(db.Memberships.Where(m => m.UserId == user), a => a.Id, m => m.AccountId, (a, _) => new { a.Id, a.ReadableUntil }).FirstOrDefaultAsync(http.RequestAborted);
        if (account is not { Id: var id })
            return await http.RequestServices.GetRequiredService<SupportDoor>().Enter(http, slug, user);
        if (ClosedDoor.Refuse(http, account.ReadableUntil) is { } closed)
            return closed;
        http.RequestServices.GetRequiredService<Tenant>().Enter(id);
        if (await http.RequestServices.GetRequiredService<MemberPowers>().Of(user, http.RequestAborted) is not { } power)
            return Results.NotFound();
        if (power.Assignees is { } assignees)
            http.RequestServices.GetRequiredService<Tenant>().Narrow(assignees);
        var actor = http.RequestServices.GetRequiredService<Actor>();
        actor.Become(ActorKind.User, user, power.Name, power.May);
        if (account.ReadableUntil is not null)
            actor.OnlyLook();
        // A stream outlives its request: whoever has gone since, or may do something else now, looks no longer.
        http.RequestServices.GetRequiredService<Stay>().OnlyWhile(async (services, token) =>
        {
            services.GetRequiredService<Tenant>().Enter(id);
            return await services.GetRequiredService<MemberPowers>().Of(user, token) is { } now && now.Same(power);
        });
        return null;
    }

    private static async Task<IResult?> EnterAgency(HttpContext http, string slug)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId)
            return AskToSignIn(http);
        var db = http.RequestServices.GetRequiredService<PluraDb>();
        var user = Guid.Parse(userId);
        var found = await db.Agencies.Where(a => a.Slug == slug)
            .Join(db.AgencyMembers.Where(m => m.UserId == user), a => a.Id, m => m.AgencyId, (a, m) => new { a.Id, m.Role })
            .FirstOrDefaultAsync(http.RequestAborted);
        if (found is null)
            return Results.NotFound();
        http.RequestServices.GetRequiredService<CurrentAgency>().Enter(found.Id);
        var actor = http.RequestServices.GetRequiredService<Actor>();
        actor.Become(ActorKind.User, user, actor.Name, http.RequestServices.GetRequiredService<RoleBook>().OfAgencyMember(found.Role));
        return null;
    }

    private static async Task<IResult?> EnterOperator(HttpContext http)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId)
            return AskToSignIn(http);
        var user = Guid.Parse(userId);
        var email = await http.RequestServices.GetRequiredService<PluraDb>().Users.Where(u => u.Id == user && u.EmailConfirmed).Select(u => u.Email).FirstOrDefaultAsync(http.RequestAborted);
        if (email is null || !http.RequestServices.GetRequiredService<Operators>().Addresses.Contains(email))
            return Results.NotFound();
        var actor = http.RequestServices.GetRequiredService<Actor>();
        actor.Become(ActorKind.User, user, actor.Name, http.RequestServices.GetRequiredService<RoleBook>().OfOperator());
        return null;
    }

    private static async Task KnowUser(HttpContext http)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
            return;
        var db = http.RequestServices.GetRequiredService<PluraDb>();
        var user = Guid.Parse(id);
        // Ended from elsewhere, by a new password or by "it was not me", it shows nothing more either.
        var session = http.RequestServices.GetRequiredService<OpenSessions>().Current;
        http.RequestServices.GetRequiredService<Stay>().OnlyWhile((services, token) => services.GetRequiredService<OpenSessions>().Of(user).AnyAsync(s => s.Id == session, token));
        if (http.GetRouteValue("account") is null && await db.Users.Where(u => u.Id == user).Select(u => u.Name).FirstOrDefaultAsync(http.RequestAborted) is { } name)
            http.RequestServices.GetRequiredService<Actor>().Become(ActorKind.User, user, name, []);
    }

    private static async Task<IResult?> May(HttpContext http, PermissionAttribute? permission)
    {
        if (permission is null)
            return Results.NotFound();
        if (http.RequestServices.GetRequiredService<Actor>().May(permission.Name))
            return null;
        if (ClosedDoor.Say(http) is { } closed)
            return closed;
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Refusal.Forbidden("permission.missing", $"This needs the permission {permission.Name}, which you have not been given.").Problem();
        // Read here: the page of a refusal is answered at once and waits for nothing.
        if (http.RequestServices.GetRequiredService<Tenant>().Current is { } account)
            http.Items[AskInstead] = (await http.RequestServices.GetRequiredService<IAccountDirectory>().Owners(account, http.RequestAborted)).Select(o => o.Name).ToList();
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static IResult AskToSignIn(HttpContext http) => HttpMethods.IsGet(http.Request.Method)
        ? Results.LocalRedirect("/sign-in?return=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString))
        : Results.LocalRedirect("/sign-in");

    /// <summary>Style sheets, scripts and icons of the application itself.</summary>
    private static bool IsAsset(Endpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name is "StaticAssetDescriptor")
        || (endpoint is RouteEndpoint route && (route.RoutePattern.RawText ?? "").TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal));
}
