using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>Every door says who may pass, and has a name.</summary>
public static class EndpointRules
{
    public static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    public static IEnumerable<RouteEndpoint> Ours(EndpointDataSource source) => source.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.All(m => m.GetType().Name is not ("StaticAssetDescriptor" or "BlazorFrameworkScript")))
        .Where(e => !Pattern(e).StartsWith("/_framework", StringComparison.Ordinal) && !Pattern(e).StartsWith("/_blazor", StringComparison.Ordinal))
        // The framework's own answer for files that came after the build, in development only.
        .Where(e => Pattern(e) != "/{**path:file}");

    public static IEnumerable<string> WithoutGuard(IEnumerable<RouteEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var guards = endpoint.Metadata.Count(m => m is PermissionAttribute or PublicAttribute or SignedInAttribute);
            if (guards == 0)
                yield return $"{Name(endpoint)}: neither a permission nor [Public(\"why\")] nor [SignedIn]";
            if (guards > 1)
                yield return $"{Name(endpoint)}: more than one of permission, [Public] and [SignedIn]";
            if (endpoint.Metadata.GetMetadata<PublicAttribute>() is { Reason.Length: < 10 })
                yield return $"{Name(endpoint)}: [Public] does not say why";
        }
    }

    public static IEnumerable<string> WithoutName(IEnumerable<RouteEndpoint> endpoints) =>
        endpoints.Where(e => !IsPage(e) && e.Metadata.GetMetadata<IEndpointNameMetadata>() is null).Select(e => $"{Name(e)}: no WithName");

    public static IEnumerable<string> Methods(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];

    public static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    /// <summary>The route with its parameters filled: the account's slug, and an id that nobody has.</summary>
    public static string Path(RouteEndpoint endpoint, string slug)
    {
        var segments = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: var name } when string.Equals(name, "account", StringComparison.OrdinalIgnoreCase) => slug,
            _ => "01999999-0000-7000-8000-000000000000",
        })));
        return "/" + string.Join('/', segments);
    }

    private static string Name(RouteEndpoint endpoint) => $"{string.Join(',', Methods(endpoint))} {Pattern(endpoint)}";
}
