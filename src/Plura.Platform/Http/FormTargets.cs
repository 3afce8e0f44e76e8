using Microsoft.AspNetCore.Http;

namespace Plura.Platform;

/// <summary>
/// Where the forms of this answer lead besides to ourselves. Browsers hold a form's policy also against the redirect that answers it, so a
/// page whose form ends at another program's address has to name that address.
/// </summary>
public static class FormTargets
{
    private static readonly object Key = new();

    /// <param name="http">The request that is answered.</param>
    /// <param name="addresses">Whole addresses; only their origins, or for an app on a device its scheme, are named.</param>
    public static void FormsMayLeadTo(this HttpContext http, IEnumerable<string> addresses) =>
        http.Items[Key] = string.Concat(addresses.Select(a => new Uri(a)).Select(a => " " + (a.Scheme is "https" or "http" ? a.GetLeftPart(UriPartial.Authority) : a.Scheme + ":")).Distinct(StringComparer.Ordinal));

    /// <summary>What follows <c>form-action 'self'</c>.</summary>
    public static string FormsLeadTo(this HttpContext http) => http.Items[Key] as string ?? "";
}
