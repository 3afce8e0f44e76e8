using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Plura.Platform.Outbox;

namespace Plura.Platform;

/// <summary>
/// The one database context. Modules bring their tables by configurations in their own folders and reach them by extension
/// members (<c>db.Contacts</c>), which exist only for files that import the module's <c>.Data</c> namespace.
/// </summary>
public sealed class PluraDb(DbContextOptions<PluraDb> options, Tenant tenant, ModelParts parts, OutboxCatalog catalog, IEnumerable<IWitness> witnesses, TimeProvider clock)
    : DbContext(options)
{
    public Tenant Tenant => tenant;

    internal OutboxCatalog Catalog => catalog;

    internal IEnumerable<IWitness> Witnesses => witnesses;

    internal TimeProvider Clock => clock;

    private Guid CurrentTenant => tenant.Current ?? Guid.Empty;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var assembly in parts.Assemblies)
            modelBuilder.ApplyConfigurationsFromAssembly(assembly);

        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (entity.ClrType.IsDefined(typeof(AppendOnlyAttribute)))
                entity.SetAnnotation(TableLocks.AppendOnly, true);
            if (!typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
                continue;
            entity.SetAnnotation(TableLocks.Tenant, true);
            typeof(PluraDb).GetMethod(nameof(Filter), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
        }
    }

    // First lock. An instance member in the filter makes EF read the value of each context, not of the first one.
    private void Filter<T>(ModelBuilder model) where T : class, ITenantOwned =>
        model.Entity<T>().HasQueryFilter("tenant", row => row.TenantId == CurrentTenant);
}

/// <summary>The assemblies whose entity configurations and SQL scripts make up the database.</summary>
public sealed record ModelParts(IReadOnlyList<Assembly> Assemblies);
