using Microsoft.AspNetCore.Builder;

namespace Plura.Platform;

/// <summary>On a page or an endpoint: the named permission its caller needs inside the account (<c>contacts.create</c>).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PermissionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>On a page or an endpoint that needs no sign-in, and why that is right.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>On a page or an endpoint for anyone who is signed in, outside any account (choosing one, signing out).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;

public static class Access
{
    public static T RequirePermission<T>(this T endpoint, string permission) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PermissionAttribute(permission));

    public static T Public<T>(this T endpoint, string reason) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PublicAttribute(reason));

    public static T SignedIn<T>(this T endpoint) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new SignedInAttribute());
}
