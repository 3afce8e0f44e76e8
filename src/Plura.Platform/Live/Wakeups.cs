using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Platform;

/// <summary>One LISTEN connection per process. Notifications are hints: whoever waits also looks from time to time.</summary>
public sealed partial class Wakeups(NpgsqlDataSource database, ILogger<Wakeups> log) : BackgroundService, IWorker
{
    private static readonly string[] Channels = ["plura_outbox", "plura_send", "plura_live", "plura_automation"];
    private readonly ConcurrentDictionary<Bell, string> bells = new();

    /// <summary>Hears of each notification: the PostgreSQL channel and its payload.</summary>
    public event Action<string, string>? Heard;

    /// <summary>The connection is back after a loss: what rang meanwhile nobody knows.</summary>
    public event Action? Back;

    public Bell Bell(string channel)
    {
        var bell = new Bell(b => bells.TryRemove(b, out _));
        bells[bell] = channel;
        return bell;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, note) => Ring(note.Channel, note.Payload);
                await using (var listen = new NpgsqlCommand(string.Join(';', Channels.Select(c => $"listen {c}")), connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                if (lost)
                    RingAll();
                lost = false;
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested && error is NpgsqlException or InvalidOperationException)
            {
                lost = true;
                Lost(log, error);
                // The machine's own time: how long a database stays away has nothing to do with anybody's date.
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken);
            }
        }
    }

    private void Ring(string channel, string payload)
    {
        Heard?.Invoke(channel, payload);
        foreach (var (bell, wanted) in bells)
        {
            if (string.Equals(wanted, channel, StringComparison.Ordinal))
                bell.Ring();
        }
    }

    private void RingAll()
    {
        Back?.Invoke();
        foreach (var bell in bells.Keys)
            bell.Ring();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection that hears notifications; polling carries on")]
    private static partial void Lost(ILogger logger, Exception error);
}

/// <summary>Wakes one waiter; rings while nobody waits are remembered as one.</summary>
public sealed class Bell(Action<Bell> removed) : IDisposable
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rings.Writer.TryWrite(true);

    /// <summary>Returns at the next ring, or when <paramref name="longest"/> has passed.</summary>
    public async Task Wait(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ring = rings.Reader.ReadAsync(stop.Token).AsTask();
        await Task.WhenAny(ring, Task.Delay(longest, clock, stop.Token));
        await stop.CancelAsync();
        try
        {
            await ring;
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => removed(this);
}
