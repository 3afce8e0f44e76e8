using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

public sealed class CompanyConfiguration : IEntityTypeConfiguration<Company>
{
    public void Configure(EntityTypeBuilder<Company> builder)
    {
        builder.TenantTable("contacts", "company");
        builder.Property(c => c.Fields).HoldsTexts();
        builder.HasIndex(c => new { c.TenantId, c.Normal }).IsUnique();
        builder.HasIndex(c => new { c.TenantId, c.CreatedAt, c.Id }).IsDescending(false, true, true);
    }
}

public sealed class CompanyChangeConfiguration : IEntityTypeConfiguration<CompanyChange>
{
    public void Configure(EntityTypeBuilder<CompanyChange> builder)
    {
        builder.TenantTable("contacts", "company_change");
        builder.Property(c => c.Values).HasColumnType("jsonb").HasConversion(
            values => JsonSerializer.Serialize(values, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<Dictionary<string, string[]>>(text, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, string[]>>((a, b) => ReferenceEquals(a, b), values => values.Count, values => values));
        builder.HasIndex(c => new { c.TenantId, c.CompanyId, c.At, c.Id }).IsDescending(false, false, true, true);
    }
}

public sealed class BinnedCompanyConfiguration : IEntityTypeConfiguration<BinnedCompany>
{
    public void Configure(EntityTypeBuilder<BinnedCompany> builder)
    {
        builder.TenantTable("contacts", "company_bin");
        builder.Property(b => b.Snapshot).HasColumnType("jsonb");
        builder.HasIndex(b => new { b.TenantId, b.DeletedAt, b.Id }).IsDescending(false, true, true);
    }
}

public sealed class ContactFollowerConfiguration : IEntityTypeConfiguration<ContactFollower>
{
    public void Configure(EntityTypeBuilder<ContactFollower> builder)
    {
        builder.ToTable("contact_follower", "contacts");
        builder.HasKey(f => new { f.TenantId, f.ContactId, f.UserId });
        builder.HasOne<Contact>().WithMany().HasForeignKey(f => new { f.TenantId, f.ContactId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.TenantId, f.UserId, f.ContactId });
    }
}

public sealed class UniqueValueConfiguration : IEntityTypeConfiguration<UniqueValue>
{
    public void Configure(EntityTypeBuilder<UniqueValue> builder)
    {
        builder.ToTable("unique_value", "contacts");
        builder.HasKey(v => new { v.TenantId, v.FieldId, v.Normal });
        builder.HasOne<CustomField>().WithMany().HasForeignKey(v => new { v.TenantId, v.FieldId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Contact>().WithMany().HasForeignKey(v => new { v.TenantId, v.ContactId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Company>().WithMany().HasForeignKey(v => new { v.TenantId, v.CompanyId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(v => new { v.TenantId, v.ContactId });
        builder.HasIndex(v => new { v.TenantId, v.CompanyId });
    }
}

/// <summary>Companies and what hangs on contacts beside their addresses; visible only to files that import this namespace.</summary>
public static class CompaniesDb
{
    extension(PluraDb db)
    {
        public DbSet<Company> Companies => db.Set<Company>();

        public DbSet<CompanyChange> CompanyChanges => db.Set<CompanyChange>();

        public DbSet<BinnedCompany> CompanyBin => db.Set<BinnedCompany>();

        public DbSet<ContactFollower> ContactFollowers => db.Set<ContactFollower>();

        public DbSet<UniqueValue> UniqueValues => db.Set<UniqueValue>();
    }
}
