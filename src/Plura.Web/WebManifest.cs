using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Web;

/// <summary>How the product stands on a phone's first screen: with the name of whoever has the host name by which somebody came.</summary>
public static class WebManifest
{
    private const string Ground = "#f6f8f8";
    private const string Accent = "#0b6b74";

    public static void MapWebManifest(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/manifest.webmanifest", async (HttpContext http, IAgencyBrands brands, CancellationToken ct) =>
        {
            var brand = await brands.OfHost(http.Request.Host.Host, ct);
            http.Response.Headers.CacheControl = "no-cache";
            return Results.Json(Of(brand), contentType: "application/manifest+json");
        }).WithName("WebManifest").Public("Browsers read it before anybody signs in.");

    private static Dictionary<string, object> Of(BrandCard? brand) => new(StringComparer.Ordinal)
    {
        ["id"] = "/",
        ["name"] = brand?.Name ?? Brand.Own,
        ["short_name"] = brand?.Name ?? Brand.Own,
        ["start_url"] = "/accounts",
        ["scope"] = "/",
        ["display"] = "standalone",
        ["background_color"] = Ground,
        ["theme_color"] = brand?.Accent ?? Accent,
        ["icons"] = brand is { Logo: { } logo } ? [new Dictionary<string, string>(StringComparer.Ordinal) { ["src"] = logo, ["sizes"] = "any" }, .. Icons] : Icons,
    };

    private static Dictionary<string, string>[] Icons =>
    [
        Icon("/icons/app-192.png", "192x192", "any"),
        Icon("/icons/app-512.png", "512x512", "any"),
        Icon("/icons/maskable-512.png", "512x512", "maskable"),
        Icon("/mark.svg", "any", "any"),
    ];

    private static Dictionary<string, string> Icon(string address, string sizes, string purpose) => new(StringComparer.Ordinal)
    {
        ["src"] = address,
        ["sizes"] = sizes,
        ["type"] = address.EndsWith(".svg", StringComparison.Ordinal) ? "image/svg+xml" : "image/png",
        ["purpose"] = purpose,
    };
}
