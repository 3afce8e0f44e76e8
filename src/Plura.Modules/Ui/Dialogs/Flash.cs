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
    /// <param name="sentence">What happened.</param>
    /// <param name="undo">The path of ours to which "Undo" posts; null where there is nothing to undo.</param>
    public void Say(string sentence, string? undo = null) =>
        http.HttpContext?.Response.Cookies.Append(Cookie, protector.Protect(undo is null ? sentence : sentence + '\n' + undo), Options(http.HttpContext.Request));

    /// <summary>The sentence and how to undo it, taken away; null when nothing was said.</summary>
    public (string Sentence, string? Undo)? Take()
    {
        if (http.HttpContext is not { } context || context.Request.Cookies[Cookie] is not { Length: > 0 } value || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(Cookie, Options(context.Request));
        try
        {
            // Nobody else can write the cookie, so the path is ours.
            var said = protector.Unprotect(value).Split('\n');
            return (said[0], said.ElementAtOrDefault(1));
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
