using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>When the person of a session last proved who they are. It stands in the session's ticket, on our side.</summary>
public static class Proof
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private const string Item = "proof";
    private const string StrongItem = "proof.strong";
    private const string ResumedItem = "resumed";

    /// <param name="properties">The session's.</param>
    /// <param name="by">A code or a passkey is a strong proof; it stays noted when a password follows.</param>
    /// <param name="at">Now.</param>
    public static void Note(AuthenticationProperties properties, ProvenBy by, DateTimeOffset at)
    {
        Write(properties, Item, at);
        if (by != ProvenBy.Password)
            Write(properties, StrongItem, at);
    }

    /// <summary>The session goes on after nobody had clicked for as long as others last.</summary>
    public static void Resumed(AuthenticationProperties properties, DateTimeOffset at) => Write(properties, ResumedItem, at);

    public static DateTimeOffset? Of(AuthenticationProperties? properties) => Read(properties, Item);

    public static bool IsFresh(HttpContext http) => Of(Properties(http)) is { } proof && Now(http) - proof <= Lasts;

    /// <summary>Whether the session is as young as one that does not stay: proved within twelve hours, and not left alone for half an hour since.</summary>
    /// <param name="http">The request.</param>
    /// <param name="strong">Only a code or a passkey counts.</param>
    public static bool IsOfToday(HttpContext http, bool strong)
    {
        var properties = Properties(http);
        return Read(properties, strong ? StrongItem : Item) is { } proof && Now(http) - proof <= SessionTimes.Longest && (Read(properties, ResumedItem) is not { } resumed || resumed <= proof);
    }

    /// <summary>Leads to the page that asks again, and from there back; null where the proof is fresh enough. What a form had posted is not done, and waits for another press.</summary>
    public static async Task<IResult?> AskAgain(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<FreshAttribute>() is not { } fresh || IsFresh(http))
            return null;
        var looking = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (looking && fresh.PostsOnly)
            return null;
        var back = fresh.Back is { } page ? http.Request.RouteValues.Aggregate(page, (path, value) => path.Replace($"{{{value.Key}}}", value.Value?.ToString(), StringComparison.OrdinalIgnoreCase)) : http.Request.Path + http.Request.QueryString;
        return await Ask(http, back, looking, strong: false);
    }

    /// <summary>The way to the page that asks, and from there to <paramref name="back"/>.</summary>
    public static async Task<IResult> Ask(HttpContext http, string back, bool looking, bool strong)
    {
        if (!looking && http.RequestServices.GetRequiredService<Actor>().Id is { } user)
            await http.RequestServices.GetRequiredService<HeldForms>().Keep(http, user);
        return Results.LocalRedirect($"/confirm-it-is-you?return={Uri.EscapeDataString(back)}{(looking ? "" : "&late=true")}{(strong ? "&strong=true" : "")}");
    }

    private static AuthenticationProperties? Properties(HttpContext http) => http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;

    private static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static void Write(AuthenticationProperties properties, string item, DateTimeOffset at) => properties.Items[item] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Read(AuthenticationProperties? properties, string item) =>
        properties?.Items.TryGetValue(item, out var text) == true && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
