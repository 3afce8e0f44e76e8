using Microsoft.AspNetCore.Components.Endpoints;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Web;

/// <summary>One line per method and path that the application answers.</summary>
/// <param name="Permission">The permission, <c>(public)</c> or <c>(signed in)</c>; empty where an endpoint declares nothing, which the doors refuse.</param>
public sealed record RouteLine(string Method, string Path, string Permission, string Module, string Name)
{
    /// <summary>What a program's token needs; null where no token opens anything.</summary>
    public string? Scope => Path.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal) && !Permission.StartsWith('(') ? Permission : null;
}

public static class RouteTable
{
    public static IReadOnlyList<RouteLine> Of(IEndpointRouteBuilder app) =>
    [
        .. app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.All(m => m.GetType().Name != "StaticAssetDescriptor") && !(e.RoutePattern.RawText ?? "").TrimStart('/').StartsWith("_", StringComparison.Ordinal))
            // Files of the application itself, where it runs from its source: the last resort of the static assets.
            .Where(e => e.RoutePattern.RawText != "{**path:file}")
            .SelectMany(Lines)
            .Concat(OAuthServer.AnsweredByTheLibrary.Select(a => new RouteLine(a.Method, a.Path, "(public)", "Accounts", "")))
            .OrderBy(l => l.Path, StringComparer.Ordinal).ThenBy(l => l.Method, StringComparer.Ordinal),
    ];

    private static IEnumerable<RouteLine> Lines(RouteEndpoint endpoint)
    {
        var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var permission = endpoint.Metadata.GetMetadata<PermissionAttribute>()?.Name
            ?? (endpoint.Metadata.GetMetadata<PublicAttribute>() is not null ? "(public)" : endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null ? "(signed in)" : "");
        var name = page?.Name ?? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
        var module = (page ?? endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.DeclaringType)?.Namespace?.Split('.').ElementAtOrDefault(1) ?? "";
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Select(method => new RouteLine(method, endpoint.RoutePattern.RawText ?? "", permission, module, name));
    }
}
