using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What a form had posted when the proof had grown old: nothing of it was done, and nothing of it shall have to be typed again.</summary>
/// <param name="Path">Where it was posted to: an address of this application.</param>
public sealed record HeldForm(string Path, IReadOnlyList<KeyValuePair<string, string>> Fields);

/// <summary>Keeps such a form in the browser's own cookie, sealed for its person, while they confirm who they are. Secrets are left out, large forms are not kept.</summary>
public sealed class HeldForms(IDataProtectionProvider protection, CookieRules rules)
{
    private const int Longest = 2500;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private string Cookie => rules.Name("held");

    public async Task Keep(HttpContext http, Guid user)
    {
        // Only what a page of ours had asked for: a form from elsewhere is not to be pressed again by anybody.
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > 4 * Longest || !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files.Count > 0)
            return;
        var fields = form.Where(f => !Secret(f.Key)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        var text = JsonSerializer.Serialize(new HeldForm(http.Request.Path + http.Request.QueryString, fields));
        if (text.Length <= Longest)
            http.Response.Cookies.Append(Cookie, Protector(user).Protect(text, Lasts), Options(http.Request));
    }

    /// <summary>True where a form waits for this person.</summary>
    public bool Any(HttpContext http, Guid user) => Read(http, user) is not null;

    public HeldForm? Read(HttpContext http, Guid user)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } value)
            return null;
        try
        {
            return JsonSerializer.Deserialize<HeldForm>(Protector(user).Unprotect(value));
        }
        catch (CryptographicException)
        {
            // Too old, or another person's: there is nothing to go on with.
            return null;
        }
    }

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http.Request));

    private static bool Secret(string name) =>
        name is "__RequestVerificationToken" || name.Contains("Password", StringComparison.OrdinalIgnoreCase) || name.Contains("Credential", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".Setup", StringComparison.Ordinal);

    private ITimeLimitedDataProtector Protector(Guid user) => protection.CreateProtector("held-form", user.ToString()).ToTimeLimitedDataProtector();

    private CookieOptions Options(HttpRequest request)
    {
        var options = rules.Options(request);
        options.MaxAge = Lasts;
        return options;
    }
}
