using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>Where the columns of a file go, kept under a name for the next file of its kind. What people agreed to is never kept: it is said anew for each list.</summary>
public sealed class KeptMapping : ITenantOwned
{
    private KeptMapping()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Normal { get; private set; } = "";

    /// <summary>Each column's name in the file and where it goes, as JSON (see <see cref="KeptColumn"/>).</summary>
    public string Columns { get; private set; } = "[]";

    /// <summary>Tags that everybody of such a file gets, as a JSON list.</summary>
    public string Tags { get; private set; } = "[]";

    /// <summary><c>fill</c> or <c>overwrite</c>.</summary>
    public string Policy { get; private set; } = Import.Fill;

    public DateTimeOffset KeptAt { get; private set; }

    public static KeptMapping New(string name, DateTimeOffset now)
    {
        var made = new KeptMapping { Id = Guid.CreateVersion7(now) };
        made.Rename(name);
        return made;
    }

    public static string NameOf(string name) => name.Trim().ToLowerInvariant();

    public void Rename(string name) => (Name, Normal) = (name.Trim(), NameOf(name));

    public void Keep(IReadOnlyList<KeptColumn> columns, IReadOnlyList<string> tags, string policy, DateTimeOffset now) =>
        (Columns, Tags, Policy, KeptAt) = (JsonSerializer.Serialize(columns, JsonSerializerOptions.Web), JsonSerializer.Serialize(tags, JsonSerializerOptions.Web), policy, now);

    public IReadOnlyList<KeptColumn> ReadColumns() => JsonSerializer.Deserialize<List<KeptColumn>>(Columns, JsonSerializerOptions.Web)!;

    public IReadOnlyList<string> ReadTags() => JsonSerializer.Deserialize<List<string>>(Tags, JsonSerializerOptions.Web)!;
}

/// <summary>A column's name in the file, and where it goes (see <see cref="ColumnTarget"/>).</summary>
public sealed record KeptColumn(string Heading, string Target);

public sealed class KeptMappingConfiguration : IEntityTypeConfiguration<KeptMapping>
{
    public void Configure(EntityTypeBuilder<KeptMapping> builder)
    {
        builder.TenantTable("contacts", "kept_mapping");
        builder.Property(m => m.Columns).HasColumnType("jsonb");
        builder.Property(m => m.Tags).HasColumnType("jsonb");
        builder.HasIndex(m => new { m.TenantId, m.Normal }).IsUnique();
    }
}
