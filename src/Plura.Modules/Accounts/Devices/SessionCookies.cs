using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>What happens to cookies at a sign-in, by whichever way: how long a stay lasts, and whether the device was seen before.</summary>
internal static class SessionCookies
{
    public static void AddSessionCookies(this IServiceCollection services) =>
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).PostConfigure(cookie =>
        {
            cookie.Events.OnSigningIn = Stay;
            cookie.Events.OnSignedIn = Meet;
        });

    private static Task Stay(CookieSigningInContext context)
    {
        if (context.Properties is { IsPersistent: true, IssuedUtc: { } issued })
            context.Properties.ExpiresUtc = issued + SessionTimes.LongestStay;
        return Task.CompletedTask;
    }

    private static async Task Meet(CookieSignedInContext context)
    {
        // A scope of its own: whoever signs in may have changes under way.
        await using var scope = context.HttpContext.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var user = Guid.Parse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!);
        await scope.ServiceProvider.GetRequiredService<ThisDevice>().Meet(user, context.HttpContext.RequestAborted);
    }
}
