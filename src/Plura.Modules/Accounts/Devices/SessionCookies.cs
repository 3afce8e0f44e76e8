using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>What happens to cookies at a sign-in, by whichever way: how long a stay lasts, and whether the device was seen before.</summary>
internal static class SessionCookies
{
    public static void AddSessionCookies(this IServiceCollection services) =>
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).PostConfigure<IHostEnvironment>((cookie, environment) =>
        {
            // The __Host- prefix demands HTTPS, which a developer's localhost has not.
            var name = environment.IsDevelopment() ? "plura_device" : "__Host-device";
            cookie.Events.OnSigningIn = Stay;
            cookie.Events.OnSignedIn = context => Meet(context, name);
        });

    private static Task Stay(CookieSigningInContext context)
    {
        if (context.Properties is { IsPersistent: true, IssuedUtc: { } issued })
            context.Properties.ExpiresUtc = issued + SessionTimes.LongestStay;
        return Task.CompletedTask;
    }

    private static async Task Meet(CookieSignedInContext context, string name)
    {
        var http = context.HttpContext;
        // A scope of its own: whoever signs in may have changes under way.
        await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var user = Guid.Parse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var kept = await scope.ServiceProvider.GetRequiredService<KnownDevices>().Meet(user, http.Request.Cookies[name], DeviceWords.Of(http.Request.Headers.UserAgent), http.RequestAborted);
        http.Response.Cookies.Append(name, kept, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps || name.StartsWith("__Host-", StringComparison.Ordinal),
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = KnownDevice.Kept,
            IsEssential = true,
        });
    }
}
