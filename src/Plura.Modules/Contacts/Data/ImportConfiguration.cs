using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

public sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.TenantTable("contacts", "import");
        foreach (var name in (string[])[nameof(Import.Shape), nameof(Import.Mapping), nameof(Import.Tags), nameof(Import.Attestation), nameof(Import.Counts), nameof(Import.UndoResult)])
            builder.Property(name).HasColumnType("jsonb");
        builder.Property(i => i.StartedByKind).HasConversion<string>();
        builder.HasIndex(i => new { i.TenantId, i.CreatedAt, i.Id }).IsDescending(false, true, true);
        builder.HasIndex(i => new { i.TenantId, i.FirstId });
    }
}

public sealed class ImportChangeConfiguration : IEntityTypeConfiguration<ImportChange>
{
    public void Configure(EntityTypeBuilder<ImportChange> builder)
    {
        builder.ToTable("import_change", "contacts");
        builder.HasKey(c => new { c.TenantId, c.ImportId, c.ContactId });
        builder.Property(c => c.Before).HasColumnType("jsonb");
        builder.Property(c => c.After).HasColumnType("jsonb");
        // No key to the contact: the row goes with the contact's own erasure, and a bulk key check would cost as much as the rows.
        builder.HasOne<Import>().WithMany().HasForeignKey(c => new { c.TenantId, c.ImportId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.TenantId, c.ContactId });
    }
}

/// <summary>The import's sets, visible only to files that import this namespace.</summary>
public static class ImportsDb
{
    extension(PluraDb db)
    {
        public DbSet<Import> Imports => db.Set<Import>();

        public DbSet<ImportChange> ImportChanges => db.Set<ImportChange>();

        public DbSet<KeptMapping> KeptMappings => db.Set<KeptMapping>();
    }
}
