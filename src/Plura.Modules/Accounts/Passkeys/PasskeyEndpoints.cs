using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The questions that a page's script puts to the browser's passkeys. Each is good for one answer.</summary>
public static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/passkey/options", async (HttpContext http, IAntiforgery antiforgery, Passkeys passkeys) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            return Json(await passkeys.Ask());
        }).WithName("AskForPasskey").Public("Whoever wants to sign in is nobody yet.");

        routes.MapPost("/me/security/passkeys/options", async (HttpContext http, IAntiforgery antiforgery, Passkeys passkeys, UserManager<User> users, Actor actor) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            return await users.FindByIdAsync(actor.Id.ToString()!) is { } user ? Json(await passkeys.AskForNew(user)) : Results.NotFound();
        }).WithName("AskForNewPasskey").SignedIn().Fresh(back: "/me/security/passkeys");
    }

    private static IResult Json(string options) => Results.Content(options, "application/json");
}
