using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Sending stops by itself and says why; told once, however many workers find the same trouble.</summary>
public sealed class SelfPause(IServiceScopeFactory scopes)
{
    public async Task Run(DispatchKey key, string reason, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(key.TenantId);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("pump");
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (tenant, origin, originId) = key;
        await Steering.Hold(db, key, ct);
        var paused = await db.Database.ExecuteSqlAsync($"""
            update messaging.dispatch set state = 'paused', reason = {reason}, failed = 0, tried = 0
            where tenant_id = {tenant} and origin = {origin} and origin_id = {originId} and state = 'open'
            """, ct);
        if (paused == 0)
            return;
        db.Publish(new SendsPaused(key.Origin, key.OriginId, reason));
        await db.SaveChangesAsync(ct);
        await Steering.TakeBack(db, key, SendStates.Planned, finished: null, ct);
        await transaction.CommitAsync(ct);
    }
}
