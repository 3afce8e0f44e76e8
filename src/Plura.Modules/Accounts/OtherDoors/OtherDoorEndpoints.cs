using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The way to the other door and back. Both are links, because the browser's own policy lets a form lead to no other site.</summary>
public static class OtherDoorEndpoints
{
    public static void MapOtherDoors(this IEndpointRouteBuilder routes)
    {
        foreach (var door in routes.ServiceProvider.GetServices<OtherDoor>())
        {
            // Nothing is kept here: the state of the journey is a cookie of this browser.
            routes.MapGet($"/sign-in/{door.Scheme}", (string? @return) =>
                Results.Challenge(new AuthenticationProperties { RedirectUri = $"/sign-in/{door.Scheme}/back{WayBack.Query(@return)}" }, [door.Scheme]))
                .WithName($"GoTo{door.Name}").Public("Whoever wants to sign in is nobody yet.");

            // Only a browser that has just come through the door carries the introduction that this reads.
            routes.MapGet($"/sign-in/{door.Scheme}/back", async (string? @return, HttpContext http, EnterByIntroductionHandler handler, CancellationToken ct) =>
            {
                if (http.User.Identity?.IsAuthenticated == true)
                    return Results.LocalRedirect(door.Page);
                return Results.LocalRedirect((await handler.Handle(new EnterByIntroduction(), ct)).Value switch
                {
                    Welcome.Inside => WayBack.Or(@return, "/accounts"),
                    Welcome.HalfWay => "/sign-in/code" + WayBack.Query(@return),
                    Welcome.Unconfirmed => "/sign-in?said=unconfirmed",
                    Welcome.Known => $"/sign-in?said=known&return={Uri.EscapeDataString(door.Page)}",
                    Welcome.Stranger => "/sign-up",
                    _ => "/sign-in?said=failed",
                });
            }).WithName($"BackFrom{door.Name}").Public("Whoever wants to sign in is nobody yet.");
        }
    }
}
