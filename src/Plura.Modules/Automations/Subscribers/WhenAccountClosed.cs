using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>In a closed account nothing goes on: automations are off, and whoever was in one stops. Opened again, nothing begins by itself.</summary>
[Work("Stopping the automations of a closed account", Page = "automations")]
public sealed class WhenAccountClosed(PluraDb db, Listeners listeners, TimeProvider clock) : ISubscriber<AccountClosed>
{
    public async Task When(AccountClosed news, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await listeners.Hold(ct);
        foreach (var automation in await db.Automations.Where(a => a.OnSince != null).ToListAsync(ct))
            automation.TurnOff();
        await db.SaveChangesAsync(ct);
        await db.StopRuns(r => true, StopReasons.AccountClosed, clock.GetUtcNow(), ct);
        await db.Happenings.ExecuteDeleteAsync(ct);
        await listeners.Renew(ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
