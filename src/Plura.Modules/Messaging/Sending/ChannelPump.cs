using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Moves planned sends of one channel to its transport. Any number of nodes may run one. A run takes what is due; between runs it knows at most
/// the outcomes that a broken database did not take yet, and writes them first.
/// </summary>
public sealed partial class ChannelPump(
    string channel, ITransport? transport, IServiceScopeFactory scopes, NpgsqlDataSource database, Node node,
    Recovery recovery, Destinations destinations, Aftermath aftermath, Finishing finishing, SelfPause pause, LiveRing ring,
    TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ConcurrentQueue<SendOutcome> unwritten = new();
    private readonly Claims claims = new(database, node, clock, channel);
    private SessionPool? sessions;
    private bool dropped;
    private int downs;
    private DateTimeOffset downUntil = DateTimeOffset.MinValue;

    /// <summary>See <see cref="Privacy.Contracts.Channels"/>.</summary>
    public string Channel => channel;

    /// <summary>Outcomes that are known here and not yet in the database.</summary>
    public int Unwritten => unwritten.Count;

    /// <summary>Sends everything that is due, and what becomes due meanwhile; answers how many messages were handed over.</summary>
    public async Task<int> RunDue(CancellationToken ct)
    {
        await node.Ready.WaitAsync(ct);
        await one.WaitAsync(ct);
        try
        {
            await CatchUp(ct);
            var handed = 0;
            while (clock.GetUtcNow() >= downUntil && !ct.IsCancellationRequested && await Run(ct) is > 0 and var some)
                handed += some;
            return handed;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Closes idle connections to the provider.</summary>
    public Task CloseIdle() => sessions?.Close() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseIdle();
        one.Dispose();
    }

    private async Task<int> Run(CancellationToken ct)
    {
        sessions ??= transport is null ? null : new SessionPool(transport);
        dropped = true;   // Until the run has ended well, something may be claimed that nobody holds in memory.
        await using var run = new PumpRun(new PumpParts(channel, scopes, database, transport, sessions, claims, destinations, aftermath, finishing, pause, ring, new NumberPaces(database, clock), clock, log), unwritten.Enqueue);
        var handed = await run.Go(ct);
        if (run.TransportDown)
            downUntil = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, downs++)));
        else
            downs = 0;
        if (run.Clean)
            dropped = false;
        else
            await CatchUp(CancellationToken.None);
        return handed;
    }

    /// <summary>First what we know, then what nobody knows: an unknown send whose reply we hold becomes final.</summary>
    private async Task CatchUp(CancellationToken ct)
    {
        while (unwritten.TryPeek(out var known))
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                await new Round(connection, known.Item.Lane, null, clock.GetUtcNow()) { Outcomes = [known] }.Commit(scopes, ct);
            }
            catch (PostgresException refused) when (refused.SqlState[..2] is "22" or "23")
            {
                // Data that the database will never take must not hold up everybody else: the send becomes one that a person decides about.
                NotTaken(log, refused, known.Item.Row.Id);
                dropped = true;
            }

            unwritten.TryDequeue(out _);
        }

        await recovery.Run(dropped ? [claims.Number] : [], channel, ct);
        dropped = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Channel} provider cannot be reached; sending waits")]
    internal static partial void Down(ILogger logger, Exception error, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refuses what became of send {SendId}; it is unknown until somebody decides")]
    private static partial void NotTaken(ILogger logger, Exception error, Guid sendId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Origin} {OriginId} could not be prepared and was paused")]
    internal static partial void NotPrepared(ILogger logger, Exception error, string origin, Guid originId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message of send {SendId} could not be written")]
    internal static partial void NotWritten(ILogger logger, Exception error, Guid sendId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The transport broke its promise while it handed over send {SendId}")]
    internal static partial void Broke(ILogger logger, Exception error, Guid sendId);
}

/// <summary>What a run works with.</summary>
internal sealed record PumpParts(
    string Channel, IServiceScopeFactory Scopes, NpgsqlDataSource Database, ITransport? Transport, SessionPool? Sessions, Claims Claims, Destinations Destinations,
    Aftermath Aftermath, Finishing Finishing, SelfPause Pause, LiveRing Ring, NumberPaces Paces, TimeProvider Clock, ILogger Log);
