using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Platform;

/// <summary>
/// Adds the request's one audit entry to the first change that it saves, unless its handler noted its own. A feature cannot forget it,
/// and the entry commits with the change or not at all.
/// </summary>
public sealed class AuditWrites(AuditTrail trail, IServiceProvider services) : SaveChangesInterceptor
{
    /// <summary>Values that change with every save say nothing about it.</summary>
    private static readonly HashSet<string> Clockwork = new(["Version", "UpdatedAt", "ConcurrencyStamp", "SearchText", "SortName"], StringComparer.Ordinal);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Note(eventData.Context!.ChangeTracker);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context!.ChangeTracker);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => trail.Forget();

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        trail.Forget();
        return Task.CompletedTask;
    }

    private void Note(ChangeTracker tracker)
    {
        if (trail.Noted || trail.Act is not { } act || !tracker.HasChanges())
            return;
        var changed = tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        var noun = Acts.Noun(trail.Slice!);
        var meant = changed.Where(e => e.Metadata.ClrType.Name.EndsWith(noun, StringComparison.Ordinal)).ToList();
        var ids = meant.Select(e => e.Metadata.FindProperty("Id") is null ? null : e.Property("Id").CurrentValue as Guid?).OfType<Guid>().Distinct().ToList();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ids.Count > 1)
            facts["count"] = ids.Count.ToString(CultureInfo.InvariantCulture);
        if (Fields(meant, changed) is { Length: > 0 } fields)
            facts["fields"] = fields;
        services.GetRequiredService<IAudit>().Note(act, ids.Count == 1 ? ids[0] : ids.Count > 1 ? null : trail.About, facts);
    }

    /// <summary>Which values of the thing were changed, by name; what they are now is nobody's business here.</summary>
    private static string Fields(List<EntityEntry> meant, List<EntityEntry> changed)
    {
        var modified = (meant.Count > 0 ? meant : changed).Where(e => e.State == EntityState.Modified).ToList();
        return modified.Count != 1 ? "" : string.Join(' ', modified[0].Properties.Where(p => p.IsModified && !Clockwork.Contains(p.Metadata.Name)).Select(p => p.Metadata.Name).Order(StringComparer.Ordinal));
    }
}
