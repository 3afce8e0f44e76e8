using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using System.Security.Cryptography;
using Plura.Platform;

namespace Plura.Ui;

/// <summary>
/// One sentence for the next page, after a redirect: "Saved." It travels in a short-lived cookie that only this installation can
/// write, and is shown once.
/// </summary>
public sealed class Flash(IHttpContextAccessor http, IDataProtectionProvider protection, CookieRules rules)
{
    private readonly IDataProtector protector = protection.CreateProtector("flash");

    /// <summary>Says it on the next page that has the product's frame.</summary>
    public void Say(string sentence) =>
        http.HttpContext?.Response.Cookies.Append(Cookie, protector.Protect(sentence), Options(http.HttpContext.Request));

    /// <summary>The sentence, taken away; null when nothing was said.</summary>
    public string? Take()
    {
        if (http.HttpContext is not { } context || context.Request.Cookies[Cookie] is not { Length: > 0 } value || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(Cookie, Options(context.Request));
        try
        {
            return protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            // Another installation's cookie, or a key that is gone: there is nothing to say.
            return null;
        }
    }

    private string Cookie => rules.Name("said");

    private CookieOptions Options(HttpRequest request)
    {
        var options = rules.Options(request);
        options.MaxAge = TimeSpan.FromMinutes(1);
        return options;
    }
}
