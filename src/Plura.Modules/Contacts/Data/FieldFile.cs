using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// A file that stands in one of the account's own fields. The value holds its id and its name; this row says where its bytes are, and whose it is:
/// nobody's while a form is still being filled in, then one contact's, company's or opportunity's alone.
/// </summary>
public sealed class FieldFile : ITenantOwned
{
    private FieldFile()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid FieldId { get; private set; }

    /// <summary>Whose field it is: one of <see cref="FieldKinds.Entities"/>.</summary>
    public string Entity { get; private set; } = CustomField.OnContacts;

    /// <summary>The contact, company or opportunity that took it (<c>contacts.take_files</c>).</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>As whoever sent it called it.</summary>
    public string FileName { get; private set; } = "";

    public long Bytes { get; private set; }

    /// <summary>SHA-256 of its bytes, in lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>A random name in the account's folder.</summary>
    public string StoredAs { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    /// <summary>Since when its owner has another one, or none; a month later it is forgotten.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public static FieldFile Of(CustomField field, string fileName, StoredFile stored, Actor actor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        FieldId = field.Id,
        Entity = field.Entity,
        FileName = fileName,
        Bytes = stored.Bytes,
        Sha256 = stored.Sha256,
        StoredAs = stored.Name,
        At = now,
        By = actor.Name,
        ById = actor.Id,
    };
}

public sealed class FieldFileConfiguration : IEntityTypeConfiguration<FieldFile>
{
    public void Configure(EntityTypeBuilder<FieldFile> builder)
    {
        builder.TenantTable("contacts", "field_file");
        builder.HasIndex(f => new { f.TenantId, f.OwnerId });
        builder.HasIndex(f => new { f.TenantId, f.FieldId });
    }
}

/// <summary>The set of files in fields, visible only to files that import this namespace.</summary>
public static class FieldFilesDb
{
    extension(PluraDb db)
    {
        public DbSet<FieldFile> FieldFiles => db.Set<FieldFile>();
    }
}
