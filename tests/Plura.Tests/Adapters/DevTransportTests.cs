using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

public sealed class DevTransportTests(PluraApp app) : TransportContract
{
    protected override Task<IEmailTransport> Transport() => Task.FromResult(app.Services.GetRequiredService<IEmailTransport>());

    protected override Task<byte[]?> Arrived(ComposedMessage message) => app.Ask<byte[]>("select source from dev.message where message_id = $1", message.MessageId);

    [Fact]
    public async Task A_second_hand_over_of_the_same_message_shows()
    {
        var message = Message("twice@example.com");
        await Send(message);
        await Send(message);
        Assert.Equal(2, await app.Ask<int>("select times from dev.message where message_id = $1", message.MessageId));
    }

    [Fact]
    public async Task The_transport_remembers_what_it_took()
    {
        var message = Message("log@example.com");
        await Send(message);
        var log = app.Services.GetServices<ITransportLog>().Single(l => l.Name == "dev");
        var seen = new List<HandedOver>();
        await foreach (var batch in log.Read(DateTimeOffset.UnixEpoch, CancellationToken.None))
            seen.AddRange(batch);
        Assert.Single(seen, h => h.MessageId == message.MessageId && h.TenantId == Messaging.Letter.Tenant);
    }
}
