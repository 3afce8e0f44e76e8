using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Plura.Platform;

/// <summary>
/// How every cookie of ours is made: for scripts invisible, for this host and its whole path only, not sent along by other sites, and over HTTPS.
/// Its prefix makes browsers insist on that. On a developer's localhost there is no HTTPS, so there is no prefix.
/// </summary>
public sealed class CookieRules(IHostEnvironment environment)
{
    private bool Development => environment.IsDevelopment();

    /// <summary>The session itself has no further name.</summary>
    public const string Session = "";

    public string Name(string name) => (Development ? "" : "__Host-") + (name == Session ? "plura" : "plura_" + name);

    public void Apply(CookieBuilder cookie, string name)
    {
        cookie.Name = Name(name);
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = Development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.Path = "/";
    }

    public CookieOptions Options(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = !Development || request.IsHttps, Path = "/", IsEssential = true };
}
