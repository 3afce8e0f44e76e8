using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Pause, resume, cancel. Pausing and cancelling hold before the next intent: they wait for the rounds that are under way, keep the next ones
/// waiting, and take back what is claimed.
/// </summary>
public sealed class Steering(PluraDb db, ILive live, TimeProvider clock)
{
    /// <summary>The advisory lock's class; the other half is the dispatch.</summary>
    private const int LockClass = 20598;

    public async Task Pause(DispatchKey key, string? reason, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await Hold(db, key, ct);
        await db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set state = 'paused', reason = {reason}
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state = 'open'
            """, ct);
        await TakeBack(db, key, SendStates.Planned, finished: null, ct);
        await live.Changed(SendTopic.Of(origin, originId), ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
    }

    public async Task Resume(DispatchKey key, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set state = 'open', reason = null, failed = 0, tried = 0, next_due_at = {now}
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state = 'paused'
            """, ct);
        await db.Database.ExecuteSqlAsync($"select pg_notify('plura_send', '')", ct);
        await live.Changed(SendTopic.Of(origin, originId), ct);
    }

    public async Task Cancel(DispatchKey key, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        var now = clock.GetUtcNow();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await Hold(db, key, ct);
        await db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set state = 'cancelled', next_due_at = null
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state in ('open', 'paused')
            """, ct);
        await TakeBack(db, key, SendStates.Cancelled, now, ct);
        await db.Database.ExecuteSqlAsync($"""
            update messaging.send set state = 'cancelled', finished_at = {now}
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state in ('planned', 'deferred')
            """, ct);
        await live.Changed(SendTopic.Of(origin, originId), ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// Waits for the rounds of this dispatch that are under way, and keeps the next ones waiting until the transaction ends. Without it a
    /// round and whoever steers would hold rows that the other wants, and PostgreSQL would end one of the two.
    /// </summary>
    internal static Task Hold(PluraDb db, DispatchKey key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, hashtext({key.OriginId.ToString()}))", ct);

    /// <summary>The other side of <see cref="Hold(PluraDb, DispatchKey, CancellationToken)"/>: rounds share it. Always in one order, as a round may be of several dispatches.</summary>
    internal static void Share(Npgsql.NpgsqlBatch batch, IEnumerable<Guid> originIds) => batch.Add(
        "select pg_advisory_xact_lock_shared($1, key) from (select distinct hashtext(id) as key from unnest($2) as id order by 1) keys",
        Sql.Of(LockClass), Sql.Of(originIds.Distinct().Select(id => id.ToString()).ToArray()));

    /// <summary>After the dispatch's own row says no, and no claim can be made any more: takes back what nodes hold.</summary>
    internal static Task TakeBack(PluraDb db, DispatchKey key, string state, DateTimeOffset? finished, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        // In the order of the ids, as is done where a dead node's claims are freed.
        return db.Database.ExecuteSqlAsync($"""
            with held as materialized (
                select id from messaging.send
                where tenant_id = {tenant} and node is not null and origin = {origin} and origin_id = {originId} and state = 'claimed'
                order by id for no key update)
            update messaging.send s set state = {state}, node = null, finished_at = {finished}
            from held where s.tenant_id = {tenant} and s.id = held.id
            """, ct);
    }
}
