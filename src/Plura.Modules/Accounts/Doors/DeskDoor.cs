using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Accounts;

/// <summary>
/// The operator's desk can stop whole accounts, so it asks for more than a page of one's own: a code or a passkey, not the password alone, and
/// a session of today, also where the person chose to stay signed in for thirty days.
/// </summary>
internal static class DeskDoor
{
    /// <summary>Where somebody is led who has neither an authenticator app nor a passkey.</summary>
    public const string SetUp = "/me/security/desk";

    /// <summary>Null where the desk is open to this session.</summary>
    public static async Task<IResult?> AskAgain(HttpContext http, Guid user)
    {
        var services = http.RequestServices;
        var strong = services.GetRequiredService<Operators>().NeedSecondFactor;
        if (strong && !await services.GetRequiredService<SecondFactor>().Has(user, http.RequestAborted) && !await services.GetRequiredService<Passkeys>().Any(user, http.RequestAborted))
            return Results.LocalRedirect(SetUp);
        if (Proof.IsOfToday(http, strong))
            return null;
        var looking = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return await Proof.Ask(http, looking ? http.Request.Path + http.Request.QueryString : "/operator", looking, strong);
    }
}
