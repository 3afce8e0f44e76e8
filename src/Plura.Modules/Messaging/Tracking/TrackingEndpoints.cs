using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Messaging;

internal static class TrackingEndpoints
{
    private const string Why = "A reader's mail program has no account; the token says which letter it is";

    /// <summary>One transparent pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void MapTracking(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/o/{token}", [HttpMethods.Get, HttpMethods.Head], Open).WithName("TrackOpen").Public(Why);
        routes.MapMethods("/l/{token}", [HttpMethods.Get, HttpMethods.Head], Follow).WithName("TrackClick").Public(Why);
    }

    private static async Task<IResult> Open(string token, HttpContext context, TrackVisitHandler handler, CancellationToken ct)
    {
        await Visit(token, LinkKind.Open, context, handler, ct);
        // The picture comes in any case: a reader should not see a broken one because a token is not ours.
        return TypedResults.Bytes(Pixel, "image/gif");
    }

    private static async Task<IResult> Follow(string token, HttpContext context, TrackVisitHandler handler, CancellationToken ct)
    {
        var answer = await Visit(token, LinkKind.Click, context, handler, ct);
        if (answer.Url is { } url)
            return TypedResults.Redirect(Wire(url));
        return answer.Known
            ? TypedResults.Text("There is nothing to see here.")
            : TypedResults.Redirect("/link-broken");
    }

    /// <summary>As it may stand in a header: letters outside ASCII are written as people's browsers would send them (bücher.example is xn--bcher-kva.example).</summary>
    private static string Wire(string url) => new UriBuilder(url) { Host = new Uri(url).IdnHost }.Uri.AbsoluteUri;

    private static Task<VisitAnswer> Visit(string token, LinkKind kind, HttpContext context, TrackVisitHandler handler, CancellationToken ct)
    {
        var request = context.Request;
        context.Response.Headers.CacheControl = "no-store, private";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var purpose = string.Join(' ', request.Headers["Purpose"].ToString(), request.Headers["Sec-Purpose"].ToString(), request.Headers["X-Purpose"].ToString(), request.Headers["X-Moz"].ToString());
        return handler.Handle(token, kind, request.Method, request.Headers.UserAgent, purpose.Trim(), ct);
    }
}
