using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Plura.Accounts;

/// <summary>Remembers for a quarter of an hour, in a protected cookie, whom another door has introduced.</summary>
public sealed class Introductions(IHttpContextAccessor http, IEnumerable<OtherDoor> doors)
{
    public async Task<Introduction?> Current()
    {
        if (http.HttpContext is not { } context || !doors.Any())
            return null;
        var ticket = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (ticket.Principal is not { } person || person.FindFirst("sub")?.Value is not { Length: > 0 } key)
            return null;
        var scheme = ticket.Properties?.Items.TryGetValue(".AuthScheme", out var from) == true ? from : null;
        return doors.Any(d => d.Scheme == scheme)
            ? new Introduction(scheme!, key, person.FindFirst("name")?.Value, person.FindFirst("email")?.Value, string.Equals(person.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase))
            : null;
    }

    public Task Forget() => http.HttpContext?.SignOutAsync(IdentityConstants.ExternalScheme) ?? Task.CompletedTask;
}
