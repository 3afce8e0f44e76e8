using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Platform;

/// <summary>
/// A part of a page that renews itself: a component, the permission it needs, and how a key from the page becomes its parameters.
/// </summary>
/// <param name="Topic">What rings when it changes; see <see cref="ILive.Changed(string, CancellationToken)"/>.</param>
/// <param name="Parameters">Null where the key makes no sense: then there is no such part.</param>
public sealed record LivePart(string Name, Type Component, string Permission, Func<string, string> Topic, Func<string, IReadOnlyDictionary<string, object?>?> Parameters);

/// <summary>Every live part of every module, by name.</summary>
public sealed class LiveParts(IEnumerable<LivePart> parts)
{
    private readonly Dictionary<string, LivePart> byName = parts.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public LivePart? Find(string name) => byName.GetValueOrDefault(name);
}

public static class LivePartRegistration
{
    /// <summary>Registers a live part; pages show it by <c>&lt;Live Part="name" Key="…" /&gt;</c>. Its topic is <c>name:key</c> where none is given.</summary>
    public static IServiceCollection AddLivePart<TComponent>(this IServiceCollection services, string name, string permission, Func<string, IReadOnlyDictionary<string, object?>?> parameters, Func<string, string>? topic = null)
        where TComponent : IComponent =>
        services.AddSingleton(new LivePart(name, typeof(TComponent), permission, topic ?? (key => name + ":" + key), parameters));

    /// <summary>The usual case: the key is an id, and the component has one parameter for it.</summary>
    public static IServiceCollection AddLivePart<TComponent>(this IServiceCollection services, string name, string permission, string idParameter, Func<string, string>? topic = null)
        where TComponent : IComponent =>
        services.AddLivePart<TComponent>(name, permission, key => Guid.TryParse(key, out var id) ? new Dictionary<string, object?>(StringComparer.Ordinal) { [idParameter] = id } : null, topic);
}
