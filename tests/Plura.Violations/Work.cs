using Plura.Platform;

namespace Plura.Violations;

public sealed record Ordered(Guid OrderId) : IEvent;

public sealed class SaysNothing : ISubscriber<Ordered>
{
    public Task When(Ordered news, CancellationToken ct) => Task.CompletedTask;
}

[Work("Packing of an order")]
public sealed class SaysWhat : ISubscriber<Ordered>
{
    public Task When(Ordered news, CancellationToken ct) => Task.CompletedTask;
}
