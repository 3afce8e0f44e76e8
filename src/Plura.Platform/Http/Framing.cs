using Microsoft.AspNetCore.Builder;

namespace Plura.Platform;

/// <summary>On a page or an endpoint that other sites may show in a frame (a hosted form). All others refuse to be framed.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MayBeFramedAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>On an endpoint whose answer only our own pages may show in a frame (a stored mail, a preview).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class FramedByUsAttribute : Attribute;

public static class Framing
{
    public static T MayBeFramed<T>(this T endpoint, string reason) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new MayBeFramedAttribute(reason));

    public static T FramedByUs<T>(this T endpoint) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new FramedByUsAttribute());
}
