using Microsoft.AspNetCore.Builder;

namespace Plura.Platform;

/// <summary>
/// On a page or an endpoint whose act is dangerous (what opens doors, what cannot be taken back): whoever has not proved in the last ten
/// minutes who they are does so first, before the form is shown, and comes back.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class FreshAttribute : Attribute
{
    /// <summary>Where they come back to, if not to the address itself: an endpoint that only takes posts names its page.</summary>
    public string? Back { get; init; }

    /// <summary>On a page that is looked at more often than changed: looking is free, and a form that comes late is kept and asked for once more.</summary>
    public bool PostsOnly { get; init; }
}

public static class Freshness
{
    public static T Fresh<T>(this T endpoint, string back) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new FreshAttribute { Back = back });
}
