using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>One click from the front page into the demo account, signed in. Only where the installation shows a demo.</summary>
public static class OpenDemo
{
    /// <summary>What the front page is told where the demo is not made yet.</summary>
    public const string Preparing = "preparing";

    /// <summary>Whether the installation shows one; the front page offers it only then.</summary>
    public static bool Shown(IServiceProvider services) => services.GetRequiredService<IConfiguration>()
        .GetValue("Plura:Demo", services.GetRequiredService<IHostEnvironment>().IsDevelopment());

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/demo", async (HttpContext http, UserManager<User> users, SignInManager<User> signIn, IAntiforgery antiforgery) =>
    {
        await antiforgery.ValidateRequestAsync(http);
        if (!Shown(http.RequestServices))
            return Results.NotFound();
        if (await users.FindByEmailAsync(DemoAccount.OwnerEmail) is not { EmailConfirmed: true } owner)
            return Results.LocalRedirect($"/?demo={Preparing}");
        await signIn.SignInAsync(owner, isPersistent: false);
        return Results.LocalRedirect(WayBack.Or((await http.Request.ReadFormAsync())["return"], $"/a/{DemoAccount.Slug}"));
    }).WithName("OpenDemo").Public("The demo is for visitors.");
}
