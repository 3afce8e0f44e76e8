using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Finds that a dispatch has nothing left that moves, and says so once.</summary>
public sealed class Finishing(IServiceScopeFactory scopes)
{
    public async Task Try(DispatchKey key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(key.TenantId);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("pump");
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var (tenant, origin, originId) = key;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // First the lock, then the look: whoever plans or defers holds the same row until its sends can be seen.
        await db.Database.ExecuteSqlAsync($"select from messaging.dispatch where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} for update", ct);
        // Two questions, because each has an index of its own: what waits is due, what moves is held by a node.
        var finished = await db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set state = 'finished', next_due_at = null
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state = 'open'
              and not exists (
                select from messaging.send s
                where s.tenant_id = {tenant} and s.origin = {origin} and s.origin_id = {originId} and s.state in ('planned', 'deferred'))
              and not exists (
                select from messaging.send s
                where s.tenant_id = {tenant} and s.node is not null and s.origin = {origin} and s.origin_id = {originId} and s.state in ('claimed', 'intended'))
            """, ct);
        if (finished == 0)
            return;
        await db.Database.ExecuteSqlAsync($"select messaging.fold_tally({tenant}, {origin}, {originId})", ct);
        db.Publish(new SendsFinished(key.Origin, key.OriginId));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
