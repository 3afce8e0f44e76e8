using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Platform.Outbox;

/// <summary>Who hears which event and who does which job, found once by looking through the modules' types.</summary>
public sealed class OutboxCatalog
{
    private readonly Dictionary<string, Type> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> subscribers = new(StringComparer.Ordinal);
    private readonly ILookup<Type, Type> subscribersOf;

    public OutboxCatalog(ModelParts parts)
    {
        var found = new List<(Type Message, Type Subscriber)>();
        foreach (var type in parts.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            if (typeof(IEvent).IsAssignableFrom(type) || typeof(IJob).IsAssignableFrom(type))
                messages[type.FullName!] = type;
            foreach (var contract in type.GetInterfaces().Where(IsDoor))
            {
                found.Add((contract.GetGenericArguments()[0], type));
                subscribers[type.FullName!] = type;
            }
        }

        subscribersOf = found.ToLookup(f => f.Message, f => f.Subscriber);
    }

    public IEnumerable<Type> Subscribers => subscribers.Values;

    public IEnumerable<Type> SubscribersOf(Type message) => subscribersOf[message];

    /// <summary>What the message is for; null where this version has nobody for it any more.</summary>
    public WorkAttribute? Work(string subscriber) => subscribers.GetValueOrDefault(subscriber)?.GetCustomAttribute<WorkAttribute>();

    /// <summary>Where the account's people can look at what the message is about, relative to the account; null where there is no such page.</summary>
    public string? Page(OutboxMessage envelope)
    {
        if (Work(envelope.Subscriber)?.Page is not { } page)
            return null;
        using var payload = JsonDocument.Parse(envelope.Payload);
        return payload.RootElement.EnumerateObject().Aggregate(page, (text, fact) => text.Replace($"{{{fact.Name}}}", fact.Value.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Hands the message to its subscriber; both work inside the scope's tenant.</summary>
    public async Task Deliver(IServiceProvider scope, OutboxMessage envelope, CancellationToken ct)
    {
        var type = subscribers.GetValueOrDefault(envelope.Subscriber)
            ?? throw new UnknownWorkException($"No subscriber is called {envelope.Subscriber}.");
        var message = Read(envelope);
        var door = type.GetInterfaces().First(i => IsDoor(i) && i.GetGenericArguments()[0] == message.GetType());
        await Call(door.GetMethods().Single(), scope.GetRequiredService(type), message, ct);
    }

    /// <summary>Tells the handler, where it wants to know, that its job was given up.</summary>
    public Task GaveUp(IServiceProvider scope, OutboxMessage envelope, string why, CancellationToken ct) =>
        Tell(scope, envelope, nameof(IKnowsItsEnd<>.GaveUp), message => [message, why, ct]);

    /// <summary>Tells the handler, where it wants to know, that a person has its job tried again.</summary>
    public Task Again(IServiceProvider scope, OutboxMessage envelope, CancellationToken ct) =>
        Tell(scope, envelope, nameof(IKnowsItsEnd<>.Again), message => [message, ct]);

    private async Task Tell(IServiceProvider scope, OutboxMessage envelope, string what, Func<object, object[]> arguments)
    {
        if (subscribers.GetValueOrDefault(envelope.Subscriber) is not { } type
            || type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IKnowsItsEnd<>)) is not { } wish)
            return;
        object message;
        try
        {
            message = Read(envelope);
        }
        catch (Exception error) when (error is UnknownWorkException or JsonException)
        {
            // Nobody can be told of what cannot be read; its own delivery fails with that reason, which people see.
            return;
        }

        await Call(wish.GetMethod(what)!, scope.GetRequiredService(type), arguments(message));
    }

    private object Read(OutboxMessage envelope) => JsonSerializer.Deserialize(
        envelope.Payload,
        messages.GetValueOrDefault(envelope.Type) ?? throw new UnknownWorkException($"No event or job is called {envelope.Type}."))!;

    private static Task Call(MethodInfo method, object on, params object[] arguments) =>
        (Task)method.Invoke(on, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private static bool IsDoor(Type contract) => contract.IsGenericType
        && (contract.GetGenericTypeDefinition() == typeof(ISubscriber<>) || contract.GetGenericTypeDefinition() == typeof(IJobHandler<>));
}
