using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>Two contacts that look like the same person. Each search finds them anew; a pair goes when one of its contacts does.</summary>
public sealed class Duplicate : ITenantOwned
{
    private Duplicate()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>The smaller id of the two: of one pair there is one row.</summary>
    public Guid FirstId { get; private set; }

    public Guid SecondId { get; private set; }

    /// <summary>The smallest id of all that hang together by such pairs.</summary>
    public Guid GroupId { get; private set; }

    public bool ByEmail { get; private set; }

    public bool ByPhone { get; private set; }

    /// <summary>The same name, and the same company.</summary>
    public bool ByName { get; private set; }
}

/// <summary>Somebody looked and said that these two are not the same. It outlives searches, and follows a merge.</summary>
public sealed class NotSame : ITenantOwned
{
    private NotSame()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid FirstId { get; private set; }

    public Guid SecondId { get; private set; }

    /// <summary>What was said at once is taken back at once: an id of its own, or the merge that it followed.</summary>
    public Guid SaidId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }
}

/// <summary>The account's last search for duplicates.</summary>
public sealed class DuplicateSearch : ITenantOwned
{
    private DuplicateSearch()
    {
    }

    public Guid TenantId { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Null while it is at work.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>How many groups it found.</summary>
    public int Groups { get; private set; }

    /// <summary>Why it was given up, as a sentence.</summary>
    public string? Failure { get; private set; }

    public void Ask(DateTimeOffset now) => (AskedAt, FinishedAt, Failure) = (now, null, null);

    public void Finish(int groups, DateTimeOffset now) => (Groups, FinishedAt, Failure) = (groups, now, null);

    public void BreakOff(string why, DateTimeOffset now) => (FinishedAt, Failure) = (now, why);
}

public sealed class DuplicateConfiguration : IEntityTypeConfiguration<Duplicate>
{
    public void Configure(EntityTypeBuilder<Duplicate> builder)
    {
        builder.ToTable("duplicate", "contacts");
        builder.HasKey(d => new { d.TenantId, d.FirstId, d.SecondId });
        builder.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.TenantId, d.FirstId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.TenantId, d.SecondId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.TenantId, d.SecondId });
        builder.HasIndex(d => new { d.TenantId, d.GroupId });
    }
}

public sealed class NotSameConfiguration : IEntityTypeConfiguration<NotSame>
{
    public void Configure(EntityTypeBuilder<NotSame> builder)
    {
        // No key to the contacts: who comes back from the bin is still not the same.
        builder.ToTable("not_same", "contacts");
        builder.HasKey(n => new { n.TenantId, n.FirstId, n.SecondId });
        builder.HasIndex(n => new { n.TenantId, n.SecondId });
        builder.HasIndex(n => new { n.TenantId, n.SaidId });
    }
}

public sealed class DuplicateSearchConfiguration : IEntityTypeConfiguration<DuplicateSearch>
{
    public void Configure(EntityTypeBuilder<DuplicateSearch> builder)
    {
        builder.ToTable("duplicate_search", "contacts");
        builder.HasKey(s => s.TenantId);
        builder.Property(s => s.TenantId).ValueGeneratedNever();
    }
}

/// <summary>The sets of duplicates and merges, visible only to files that import this namespace.</summary>
public static class DuplicatesDb
{
    extension(PluraDb db)
    {
        public DbSet<Duplicate> DuplicatePairs => db.Set<Duplicate>();

        public DbSet<NotSame> NotSame => db.Set<NotSame>();

        public DbSet<DuplicateSearch> DuplicateSearches => db.Set<DuplicateSearch>();

        public DbSet<MergedContact> MergedContacts => db.Set<MergedContact>();
    }
}
