using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>When the person of a session last proved who they are. It stands in the session's ticket, on our side.</summary>
public static class Proof
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private const string Item = "proof";

    public static void Note(AuthenticationProperties properties, DateTimeOffset at) => properties.Items[Item] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset? Of(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Item, out var text) == true && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static bool IsFresh(HttpContext http) =>
        Of(http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties) is { } proof
        && http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - proof <= Lasts;

    /// <summary>Leads to the page that asks again, and from there back; null where the proof is fresh enough. What a form had posted is not done, and waits for another press.</summary>
    public static async Task<IResult?> AskAgain(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<FreshAttribute>() is not { } fresh || IsFresh(http))
            return null;
        var looking = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (looking && fresh.PostsOnly)
            return null;
        if (!looking && http.RequestServices.GetRequiredService<Actor>().Id is { } user)
            await http.RequestServices.GetRequiredService<HeldForms>().Keep(http, user);
        var back = fresh.Back is { } page ? http.Request.RouteValues.Aggregate(page, (path, value) => path.Replace($"{{{value.Key}}}", value.Value?.ToString(), StringComparison.OrdinalIgnoreCase)) : http.Request.Path + http.Request.QueryString;
        return Results.LocalRedirect($"/confirm-it-is-you?return={Uri.EscapeDataString(back)}{(looking ? "" : "&late=true")}");
    }
}
