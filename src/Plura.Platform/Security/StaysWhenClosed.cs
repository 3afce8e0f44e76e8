using Microsoft.AspNetCore.Builder;

namespace Plura.Platform;

/// <summary>On a page or an endpoint whose posts still work in an account that was closed and waits for its end: taking data out, opening it again. All others are refused.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StaysWhenClosedAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

public static class ClosedAccess
{
    public static T StaysWhenClosed<T>(this T endpoint, string reason) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new StaysWhenClosedAttribute(reason));
}
