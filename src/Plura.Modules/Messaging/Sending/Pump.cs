using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Everything that leaves: a pump for each channel, side by side, so that neither a long campaign by mail nor a provider that is down keeps the
/// other's messages waiting.
/// </summary>
public sealed class Pump(
    IServiceScopeFactory scopes, NpgsqlDataSource database, Node node, IEnumerable<IEmailTransport> letters, IEnumerable<ITextTransport> texts, IEnumerable<IChatTransport> chats,
    Recovery recovery, Destinations destinations, Aftermath aftermath, Finishing finishing, SelfPause pause, LiveRing ring,
    TimeProvider clock, ILogger<Pump> log) : IAsyncDisposable
{
    public IReadOnlyList<ChannelPump> Channels { get; } =
    [
        new(Privacy.Contracts.Channels.Email, letters.FirstOrDefault(), scopes, database, node, recovery, destinations, aftermath, finishing, pause, ring, clock, log),
        new(Privacy.Contracts.Channels.Sms, texts.FirstOrDefault(), scopes, database, node, recovery, destinations, aftermath, finishing, pause, ring, clock, log),
        new(Privacy.Contracts.Channels.Chat, chats.FirstOrDefault(), scopes, database, node, recovery, destinations, aftermath, finishing, pause, ring, clock, log),
    ];

    /// <summary>Sends everything that is due, and what becomes due meanwhile; answers how many messages were handed over.</summary>
    public async Task<int> RunDue(CancellationToken ct) => (await Task.WhenAll(Channels.Select(c => c.RunDue(ct)))).Sum();

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in Channels)
            await channel.DisposeAsync();
    }
}
