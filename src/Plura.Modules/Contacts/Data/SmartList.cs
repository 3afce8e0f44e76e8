using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>A filter with a name, and how its contacts are shown. It is run anew each time, so it always finds who fits now.</summary>
public sealed class SmartList : ITenantOwned
{
    private SmartList()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Normal { get; private set; } = "";

    /// <summary>The filter tree as JSON.</summary>
    public string Filter { get; private set; } = "{}";

    /// <summary>What stands beside the name, from left to right, by the words of <see cref="ListColumns"/>; empty for the usual ones.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The order in which it opens: <c>newest</c>, <c>changed</c> or <c>name</c>.</summary>
    public string Sort { get; private set; } = "newest";

    /// <summary>Whose it is alone; null for everybody's.</summary>
    public Guid? OwnerId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Counts up with every change: of two people who change it, the second is told.</summary>
    public int Version { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public static SmartList New(string name, string filter, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = name.Trim(), Normal = NameOf(name), Filter = filter, CreatedAt = now, Version = 1 };

    public static string NameOf(string name) => name.Trim().ToLowerInvariant();

    public void Change(string name, string filter) => (Name, Normal, Filter, Version) = (name.Trim(), NameOf(name), filter, Version + 1);

    public void Show(IReadOnlyList<string> columns, string sort, Guid? owner) => (Columns, Sort, OwnerId) = (columns, sort, owner);

    /// <summary>Whether somebody may see and change it.</summary>
    public bool IsFor(Actor actor) => OwnerId is null || (actor.Kind == ActorKind.User && actor.Id == OwnerId);

    public void Remove(DateTimeOffset now) => RemovedAt = now;

    public void Return() => RemovedAt = null;
}

public sealed class SmartListConfiguration : IEntityTypeConfiguration<SmartList>
{
    public void Configure(EntityTypeBuilder<SmartList> builder)
    {
        builder.TenantTable("contacts", "smart_list");
        builder.Property(s => s.Filter).HasColumnType("jsonb");
        builder.Property(s => s.Sort).HasDefaultValue("newest");
        builder.Property(s => s.Version).HasDefaultValue(1).IsConcurrencyToken();
        builder.HasIndex(s => new { s.TenantId, s.Normal }).IsUnique().HasFilter("removed_at is null");
    }
}
