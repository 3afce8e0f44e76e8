using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>
/// Between the password and the code: a protected cookie of ten minutes that says who got the first part right. It is no session, opens
/// nothing, and is worth nothing any more when the password changed meanwhile.
/// </summary>
public sealed class HalfWay(IHttpContextAccessor http, UserManager<User> users, TimeProvider clock)
{
    private const string Stamp = "stamp";
    private const string Stay = "stay";

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private static string Scheme => IdentityConstants.TwoFactorUserIdScheme;

    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("Signing in needs a browser.");

    /// <param name="user">Who got the first part right.</param>
    /// <param name="stay">What they chose there: the session that follows lasts thirty days.</param>
    public Task Begin(User user, bool stay)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, user.Id.ToString()), new Claim(Stamp, user.SecurityStamp ?? ""), new Claim(Stay, stay ? "yes" : "no")], Scheme);
        return Http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + Lasts });
    }

    public async Task<(User User, bool Stay)?> Who()
    {
        var ticket = await Http.AuthenticateAsync(Scheme);
        if (ticket.Principal?.FindFirstValue(ClaimTypes.Name) is not { } id || ticket.Principal.FindFirstValue(Stamp) is not { } stamp)
            return null;
        return await users.FindByIdAsync(id) is { } user && string.Equals(user.SecurityStamp, stamp, StringComparison.Ordinal)
            ? (user, ticket.Principal.FindFirstValue(Stay) == "yes")
            : null;
    }

    public Task End() => Http.SignOutAsync(Scheme);
}
