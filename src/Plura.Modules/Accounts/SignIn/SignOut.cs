using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Ends the session: the row goes, so the cookie is worth nothing even where it was copied.</summary>
public static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", async (HttpContext http, IAntiforgery antiforgery) =>
    {
        await antiforgery.ValidateRequestAsync(http);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.LocalRedirect("/");
    }).WithName("SignOut").Public("Whoever is signed out already may sign out again.");
}
