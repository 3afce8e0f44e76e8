using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Pause, resume, cancel. Each holds before the next intent: what is claimed is taken back under its row lock.</summary>
public sealed class Steering(PluraDb db, ILive live, TimeProvider clock)
{
    public async Task Pause(DispatchKey key, string? reason, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        await db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set state = 'paused', reason = {reason}
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state = 'open'
            """, ct);
        await TakeBack(db, key, SendStates.Planned, finished: null, ct);
        await live.Changed(SendTopic.Of(origin, originId), ct);
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
    }

    /// <summary>
    /// After the dispatch's own row says no (and no claim can be made any more): takes back what nodes hold. It waits for an intent
    /// that is just being committed; that message then counts as begun before.
    /// </summary>
    internal static Task TakeBack(PluraDb db, DispatchKey key, string state, DateTimeOffset? finished, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        return db.Database.ExecuteSqlAsync($"""
            update messaging.send set state = {state}, node = null, finished_at = {finished}
            where tenant_id = {tenant} and node is not null and origin = {origin} and origin_id = {originId} and state = 'claimed'
            """, ct);
    }
}
