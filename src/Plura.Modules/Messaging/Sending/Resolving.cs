using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A person decides about a send of which nobody knows whether it went.</summary>
public sealed class Resolving(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Resolve(Guid sendId, bool resend, CancellationToken ct)
    {
        var tenant = db.Tenant.Id;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var send = await db.Sends.AsNoTracking().FirstOrDefaultAsync(s => s.TenantId == tenant && s.Id == sendId, ct);
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
        db.SendHappenings.Add(SendHappening.New(sendId, now, resend ? "resent" : "skipped", actor.Name));
        if (resend)
        {
            await db.Database.ExecuteSqlAsync($"""
                update messaging.dispatch set next_due_at = {now}, state = case state when 'finished' then 'open' else state end
                where tenant_id = {tenant} and origin = {send.Origin} and origin_id = {send.OriginId}
                """, ct);
            await db.Database.ExecuteSqlAsync($"select pg_notify('plura_send', '')", ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
