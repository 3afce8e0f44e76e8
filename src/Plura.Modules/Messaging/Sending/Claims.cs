using Npgsql;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Takes due sends of one channel for this node, one dispatch per turn, and finds what dead nodes left behind. A dispatch's row is locked while
/// it is claimed from, so pausing and planning stand clearly before or after.
/// </summary>
public sealed class Claims(NpgsqlDataSource database, Node node, TimeProvider clock, string channel)
{
    public const int Most = 500;

    private readonly Dictionary<Guid, long> served = [];
    private long turn;

    /// <summary>This node's number; the claims of an earlier one are a dead node's.</summary>
    public int Number => node.Number;

    /// <summary>
    /// The next dispatch whose turn it is, with its claimed rows; null when nothing is due. Accounts take turns, and within an
    /// account its dispatches do: half a million of one never make another's single letter wait for more than one turn.
    /// </summary>
    public async Task<Turn?> Next(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var candidates = await Candidates(connection, ct);
        // First whatever no other node is just claiming from; only when all are taken do we wait for one.
        foreach (var wait in (bool[])[false, true])
        {
            foreach (var candidate in candidates)
            {
                if (await Take(connection, candidate, wait, ct) is not { } taken)
                    continue;
                served[candidate.TenantId] = ++turn;
                return taken;
            }
        }

        return null;
    }

    private async Task<List<DispatchKey>> Candidates(NpgsqlConnection connection, CancellationToken ct)
    {
        var keys = new List<DispatchKey>();
        await using var command = connection.Command("""
            select distinct on (tenant_id) tenant_id, origin, origin_id from messaging.dispatch
            where state = 'open' and next_due_at <= $1 and channel = $2
            order by tenant_id, served_at nulls first, next_due_at
            """, Sql.Of(clock.GetUtcNow()), Sql.Of(channel));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            keys.Add(new DispatchKey(reader.GetGuid(0), reader.GetString(1), reader.GetGuid(2)));
        keys.Sort((a, b) => served.GetValueOrDefault(a.TenantId).CompareTo(served.GetValueOrDefault(b.TenantId)));
        return keys;
    }

    private async Task<Turn?> Take(NpgsqlConnection connection, DispatchKey key, bool wait, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var number = await node.Ready.WaitAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await Lock(connection, key, number, wait, now, ct) is not { } bucket)
            return null;
        var limit = bucket.RatePerMinute is null ? Most : Math.Min(Most, bucket.Whole);
        var rows = limit == 0 ? [] : await Take(connection, key, number, limit, now, ct);
        bucket = bucket.Less(rows.Count);
        await Rest(connection, key, bucket, now, ct);
        await transaction.CommitAsync(ct);
        return new Turn(key, rows);
    }

    private static async Task<Bucket?> Lock(NpgsqlConnection connection, DispatchKey key, int number, bool wait, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        batch.Enter(key.TenantId);
        // If this node dies, the others know where to look.
        batch.Add("insert into messaging.node_hold (node, tenant_id) values ($1, $2) on conflict do nothing", Sql.Of(number), Sql.Of(key.TenantId));
        batch.Add($"""
            select rate_per_minute, tokens, filled_at from messaging.dispatch
            where tenant_id = $1 and origin = $2 and origin_id = $3 and state = 'open' and next_due_at <= $4 for update {(wait ? "" : "skip locked")}
            """, Sql.Of(key.TenantId), Sql.Of(key.Origin), Sql.Of(key.OriginId), Sql.Of(now));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        return new Bucket(await reader.IsDBNullAsync(0, ct) ? null : reader.GetInt32(0), reader.GetDouble(1), reader.GetFieldValue<DateTimeOffset>(2)).Filled(now);
    }

    private static async Task<List<Claimed>> Take(NpgsqlConnection connection, DispatchKey key, int number, int limit, DateTimeOffset now, CancellationToken ct)
    {
        var rows = new List<Claimed>(limit);
        // Materialized: a subquery may be run once per row of the join, and would each time find as many rows again.
        await using var command = connection.Command("""
            with mine as materialized (
                select id from messaging.send
                where tenant_id = $1 and origin = $2 and origin_id = $3 and state in ('planned', 'deferred') and due_at <= $5
                order by due_at, id limit $6 for update skip locked)
            update messaging.send s set state = 'claimed', node = $4 from mine
            where s.tenant_id = $1 and s.id = mine.id
            returning s.id, s.content_id, s.contact_id, s.contact_point_id, s.address_key, s.message_id, s.attempt, s.first_intended_at, s.reason = $7 and s.due_at >= $8
            """, Sql.Of(key.TenantId), Sql.Of(key.Origin), Sql.Of(key.OriginId), Sql.Of(number), Sql.Of(now), Sql.Of(limit), Sql.Of(NumberPaces.Busy), Sql.Of(now - NumberPaces.Holds));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new Claimed(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetString(5), reader.GetInt32(6),
                await reader.IsDBNullAsync(7, ct) ? null : reader.GetFieldValue<DateTimeOffset>(7), number, !await reader.IsDBNullAsync(8, ct) && reader.GetBoolean(8)));
        }

        return rows;
    }

    /// <summary>Writes the bucket back and when to look again: at the next due row, or when tokens have come.</summary>
    private static async Task Rest(NpgsqlConnection connection, DispatchKey key, Bucket bucket, DateTimeOffset now, CancellationToken ct)
    {
        var tokensAt = bucket.RatePerMinute is not null && bucket.Whole == 0 ? bucket.NextAt : now;
        await using var command = connection.Command("""
            update messaging.dispatch set tokens = $4, filled_at = $5, served_at = $5, next_due_at = (
                select greatest(s.due_at, $6) from messaging.send s
                where s.tenant_id = $1 and s.origin = $2 and s.origin_id = $3 and s.state in ('planned', 'deferred')
                order by s.due_at limit 1)
            where tenant_id = $1 and origin = $2 and origin_id = $3
            """, Sql.Of(key.TenantId), Sql.Of(key.Origin), Sql.Of(key.OriginId), Sql.Of(bucket.Tokens), Sql.Of(now), Sql.Of(tokensAt));
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <param name="Rows">May be empty: then the dispatch only wanted to be looked at (it may have finished).</param>
public sealed record Turn(DispatchKey Dispatch, IReadOnlyList<Claimed> Rows);
