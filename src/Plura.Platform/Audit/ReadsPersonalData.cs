using Microsoft.AspNetCore.Builder;

namespace Plura.Platform;

/// <summary>On a page or an endpoint that shows data about people: looking leaves an entry in the audit log.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ReadsPersonalDataAttribute(string act) : Attribute
{
    /// <summary>For example <c>contacts.read</c>; the module declares its words in <see cref="IModule.Acts"/>.</summary>
    public string Act { get; } = act;
}

public static class ReadingPersonalData
{
    /// <param name="endpoint">Answers with data about people.</param>
    /// <param name="act">For example <c>contacts.read</c>.</param>
    public static T ReadsPersonalData<T>(this T endpoint, string act) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ReadsPersonalDataAttribute(act));
}
