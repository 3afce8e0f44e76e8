using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Platform;

/// <summary>One LISTEN connection per process. Notifications are hints: whoever waits also looks from time to time.</summary>
public sealed partial class Wakeups(NpgsqlDataSource database, TimeProvider clock, ILogger<Wakeups> log) : BackgroundService, IWorker
{
    private static readonly string[] Channels = ["plura_outbox", "plura_send", "plura_live"];
    private readonly ConcurrentDictionary<Bell, string> bells = new();

    /// <summary>Hears of each notification: the PostgreSQL channel and its payload.</summary>
    public event Action<string, string>? Heard;

    public Bell Bell(string channel)
    {
        var bell = new Bell(b => bells.TryRemove(b, out _));
        bells[bell] = channel;
        return bell;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, note) => Ring(note.Channel, note.Payload);
                await using (var listen = new NpgsqlCommand(string.Join(';', Channels.Select(c => $"listen {c}")), connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested && error is NpgsqlException or InvalidOperationException)
            {
                Lost(log, error);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
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
