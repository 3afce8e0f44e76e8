using Plura.Platform;

namespace Plura.Web;

/// <summary>
/// HEAD is answered like GET, without the body: link checkers and monitors ask so. What is mapped for GET takes HEAD too and never learns
/// of it; the server drops the body by itself.
/// </summary>
public static class Heads
{
    public static T AnswerHead<T>(this T endpoints) where T : IEndpointConventionBuilder
    {
        // Last of all, so that the methods are known; an endpoint that answers HEAD in its own way keeps it.
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods is not { } methods
                || !methods.Contains(HttpMethods.Get, StringComparer.OrdinalIgnoreCase) || methods.Contains(HttpMethods.Head, StringComparer.OrdinalIgnoreCase))
                return;
            endpoint.Metadata.Add(new HttpMethodMetadata([.. methods, HttpMethods.Head]));
            endpoint.Metadata.Add(new LikeGet());
        });
        return endpoints;
    }

    /// <summary>Stands behind the routing: pages ask whether they are looked at or posted to, and a HEAD looks.</summary>
    public static IApplicationBuilder UseHeads(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<LikeGet>() is not null)
        {
            context.AnswersHead();
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });

    private sealed class LikeGet;
}
