using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plura.Platform;

/// <summary>Second lock: stamps new rows with the scope's tenant and refuses a row of any other.</summary>
public sealed class TenantWrites(Tenant tenant) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Guard(eventData.Context!.ChangeTracker);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Guard(eventData.Context!.ChangeTracker);
        return ValueTask.FromResult(result);
    }

    private void Guard(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.Entity is not ITenantOwned || entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            var property = entry.Property(nameof(ITenantOwned.TenantId));
            if (entry.State == EntityState.Added && (Guid)property.CurrentValue! == Guid.Empty)
                property.CurrentValue = tenant.Id;
            if ((Guid)property.CurrentValue! != tenant.Id)
                throw new InvalidOperationException($"A {entry.Metadata.ShortName()} of another account was about to be written.");
        }
    }
}
