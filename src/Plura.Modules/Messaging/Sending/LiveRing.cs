using System.Collections.Concurrent;
using Npgsql;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Tells whoever watches an origin that its numbers have changed, at most twice a second.</summary>
public sealed class LiveRing(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<DispatchKey, long> rung = new();

    public async Task Ring(DispatchKey dispatch, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (rung.TryGetValue(dispatch, out var last) && clock.GetElapsedTime(last, now) < Shortest)
            return;
        rung[dispatch] = now;
        await Send(dispatch, ct);
    }

    /// <summary>The last ring of a run: the numbers now stand still.</summary>
    public async Task Last(DispatchKey dispatch, CancellationToken ct)
    {
        rung.TryRemove(dispatch, out _);
        await Send(dispatch, ct);
    }

    private async Task Send(DispatchKey dispatch, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select pg_notify('{LiveRings.Channel}', $1)");
        command.Parameters.Add(Sql.Of(Platform.Ring.Of(dispatch.TenantId, SendTopic.Of(dispatch.Origin, dispatch.OriginId))));
        await command.ExecuteNonQueryAsync(ct);
    }
}
