using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The browser that this request came by: whether a person has signed in by it before, and that it is known from now on.</summary>
public sealed class ThisDevice(IHttpContextAccessor http, IHostEnvironment environment, KnownDevices devices, PluraDb db)
{
    // The __Host- prefix demands HTTPS, which a developer's localhost has not.
    private string Cookie => environment.IsDevelopment() ? "plura_device" : "__Host-device";

    private string? Brought => http.HttpContext?.Request.Cookies[Cookie];

    /// <summary>Null where the person never signed in by it. The same look for somebody, for nobody, and without a cookie.</summary>
    public Task<KnownDevice?> Of(Guid? user, CancellationToken ct)
    {
        var (id, hash) = (user ?? Guid.Empty, KnownDevice.HashOf(Brought ?? ""));
        return db.KnownDevices.AsNoTracking().FirstOrDefaultAsync(d => d.UserId == id && d.Hash == hash, ct);
    }

    /// <summary>The person was here by this browser. Outside a request there is none.</summary>
    public async Task Meet(Guid user, CancellationToken ct)
    {
        if (http.HttpContext is not { } context)
            return;
        var kept = await devices.Meet(user, Brought, DeviceWords.Of(context.Request.Headers.UserAgent), ct);
        context.Response.Cookies.Append(Cookie, kept, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps || Cookie.StartsWith("__Host-", StringComparison.Ordinal),
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = KnownDevice.Kept,
            IsEssential = true,
        });
    }
}
