using System.Reflection;
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

    public Type Message(string name) =>
        messages.GetValueOrDefault(name) ?? throw new InvalidOperationException($"No event or job is called {name}.");

    /// <summary>Calls the subscriber with the message; both come from the scope's tenant.</summary>
    public async Task Deliver(IServiceProvider scope, string subscriber, object message, CancellationToken ct)
    {
        var type = subscribers.GetValueOrDefault(subscriber)
            ?? throw new InvalidOperationException($"No subscriber is called {subscriber}.");
        var door = type.GetInterfaces().First(i => IsDoor(i) && i.GetGenericArguments()[0] == message.GetType());
        var method = door.GetMethods().Single();
        var task = (Task)method.Invoke(scope.GetRequiredService(type), BindingFlags.DoNotWrapExceptions, null, [message, ct], null)!;
        await task;
    }

    private static bool IsDoor(Type contract) => contract.IsGenericType
        && (contract.GetGenericTypeDefinition() == typeof(ISubscriber<>) || contract.GetGenericTypeDefinition() == typeof(IJobHandler<>));
}
