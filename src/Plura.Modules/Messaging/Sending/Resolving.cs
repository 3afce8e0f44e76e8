using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A person decides about a send of which nobody knows whether it went.</summary>
public sealed class Resolving(PluraDb db, Actor actor, ILive live, TimeProvider clock)
{
    public async Task<Result> Resolve(DispatchKey key, Guid sendId, bool resend, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        var now = clock.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var send = await db.Sends.AsNoTracking().FirstOrDefaultAsync(s => s.TenantId == tenant && s.Id == sendId && s.Origin == origin && s.OriginId == originId, ct);
            if (send is null)
                return Refusal.NotFound("send.missing", "This message does not exist.");

            // The same row and the same Message-ID: a receiver that did get it can tell that the second is the same.
            var (state, due, end) = resend ? (SendStates.Planned, now, (DateTimeOffset?)null) : (SendStates.Skipped, send.DueAt, now);
            var changed = await db.Database.ExecuteSqlAsync($"""
                update messaging.send set state = {state}, reason = null, due_at = {due}, finished_at = {end}, node = null
                where tenant_id = {tenant} and id = {sendId} and state = 'unknown'
                """, ct);
            if (changed == 0)
                return Refusal.Conflict("send.not_unknown", "It is known by now what became of this message.");
            if (resend && await Reopen(key, now, ct) == 0)
                return Refusal.Conflict("send.cancelled", "This was cancelled, so nothing of it is sent any more. You can leave the message as it is.");
            db.SendHappenings.Add(SendHappening.New(sendId, now, resend ? "resent" : "skipped", actor.Name));
            if (resend)
                await db.Database.ExecuteSqlAsync($"select pg_notify('plura_send', '')", ct);
            await db.SaveChangesAsync(ct);
            await live.Changed(SendTopic.Of(origin, originId), ct);
            await transaction.CommitAsync(ct);
        }

        return Result.Done;
    }

    /// <summary>Makes the pump look (after the send's own row: the dispatch is locked last everywhere); a paused origin stays paused, a cancelled one stays closed.</summary>
    private Task<int> Reopen(DispatchKey key, DateTimeOffset now, CancellationToken ct)
    {
        var (tenant, origin, originId) = key;
        return db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set next_due_at = {now}, state = case state when 'finished' then 'open' else state end
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state <> 'cancelled'
            """, ct);
    }
}
