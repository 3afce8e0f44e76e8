using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

public sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.TenantTable("contacts", "contact");
        builder.Property(c => c.Fields).HoldsTexts();
        builder.HasIndex(c => new { c.TenantId, c.CreatedAt, c.Id }).IsDescending(false, true, true);
        builder.HasIndex(c => new { c.TenantId, c.UpdatedAt, c.Id }).IsDescending(false, true, true);
        builder.HasIndex(c => new { c.TenantId, c.SortName, c.Id });
        // Whom nobody looks after stands in no list of anybody's, and costs nothing when they are touched.
        builder.HasIndex(c => new { c.TenantId, c.AssigneeId, c.CreatedAt, c.Id }).IsDescending(false, false, true, true).HasFilter("assignee_id is not null");
        builder.HasIndex(c => new { c.TenantId, c.ExternalId }).HasFilter("external_id is not null");
        builder.HasOne<Company>().WithMany().HasForeignKey(c => new { c.TenantId, c.CompanyId }).OnDelete(DeleteBehavior.NoAction);
        builder.HasIndex(c => new { c.TenantId, c.CompanyId, c.SortName, c.Id }).HasFilter("company_id is not null");
        foreach (var name in (string[])[nameof(Contact.TimeZone), nameof(Contact.Street), nameof(Contact.PostalCode), nameof(Contact.City), nameof(Contact.Region), nameof(Contact.Country)])
            builder.Property(name).HasDefaultValue("");
    }
}

public sealed class ContactPointConfiguration : IEntityTypeConfiguration<ContactPoint>
{
    public void Configure(EntityTypeBuilder<ContactPoint> builder)
    {
        builder.TenantTable("contacts", "contact_point");
        builder.Property(p => p.Label).HasDefaultValue("");
        builder.HasOne<Contact>().WithMany().HasForeignKey(p => new { p.TenantId, p.ContactId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => new { p.TenantId, p.Kind, p.Normal });
        builder.HasIndex(p => new { p.TenantId, p.ContactId });
        builder.HasIndex(p => new { p.TenantId, p.AddressKey });
    }
}

public sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.TenantTable("contacts", "tag");
        builder.HasIndex(t => new { t.TenantId, t.Normal }).IsUnique();
    }
}

public sealed class ContactTagConfiguration : IEntityTypeConfiguration<ContactTag>
{
    public void Configure(EntityTypeBuilder<ContactTag> builder)
    {
        builder.ToTable("contact_tag", "contacts");
        builder.HasKey(t => new { t.TenantId, t.ContactId, t.TagId });
        builder.HasOne<Contact>().WithMany().HasForeignKey(t => new { t.TenantId, t.ContactId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Tag>().WithMany().HasForeignKey(t => new { t.TenantId, t.TagId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(t => new { t.TenantId, t.TagId, t.ContactId });
    }
}

public sealed class CustomFieldConfiguration : IEntityTypeConfiguration<CustomField>
{
    public void Configure(EntityTypeBuilder<CustomField> builder)
    {
        builder.TenantTable("contacts", "custom_field");
        builder.HasIndex(f => new { f.TenantId, f.Entity, f.Key }).IsUnique();
        builder.Property(f => f.Entity).HasDefaultValue(CustomField.OnContacts);
        builder.Property(f => f.Privacy).HasDefaultValue(FieldPrivacy.Personal);
        builder.Property(f => f.Currency).HasDefaultValue("");
        builder.Property(f => f.GroupName).HasDefaultValue("");
    }
}

public sealed class BinnedContactConfiguration : IEntityTypeConfiguration<BinnedContact>
{
    public void Configure(EntityTypeBuilder<BinnedContact> builder)
    {
        builder.TenantTable("contacts", "bin");
        builder.Property(b => b.Snapshot).HasColumnType("jsonb");
        builder.HasIndex(b => new { b.TenantId, b.DeletedAt, b.Id }).IsDescending(false, true, true);
    }
}

public sealed class ContactSettingsConfiguration : IEntityTypeConfiguration<ContactSettings>
{
    public void Configure(EntityTypeBuilder<ContactSettings> builder)
    {
        builder.ToTable("settings", "contacts");
        builder.HasKey(s => s.TenantId);
        builder.Property(s => s.TenantId).ValueGeneratedNever();
    }
}

public sealed class ContactChangeConfiguration : IEntityTypeConfiguration<ContactChange>
{
    public void Configure(EntityTypeBuilder<ContactChange> builder)
    {
        builder.TenantTable("contacts", "contact_change");
        builder.Property(c => c.Values).HasColumnType("jsonb").HasConversion(
            values => JsonSerializer.Serialize(values, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<Dictionary<string, string[]>>(text, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, string[]>>((a, b) => ReferenceEquals(a, b), values => values.Count, values => values));
        builder.HasIndex(c => new { c.TenantId, c.ContactId, c.At, c.Id }).IsDescending(false, false, true, true);
    }
}
