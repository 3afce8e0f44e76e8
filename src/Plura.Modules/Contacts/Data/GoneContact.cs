using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// That a contact was deleted, for a day: columns that nodes hold in memory forget it by this. A trigger writes it
/// (<c>contacts_changes.sql</c>), whatever deletes.
/// </summary>
public sealed class GoneContact : ITenantOwned
{
    private GoneContact()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid ContactId { get; private set; }

    /// <summary>The transaction that deleted it, as <c>changed_in</c> of a contact is the one that wrote it last.</summary>
    public ulong GoneIn { get; private set; }

    /// <summary>By PostgreSQL's clock.</summary>
    public DateTimeOffset At { get; private set; }
}

public sealed class GoneContactConfiguration : IEntityTypeConfiguration<GoneContact>
{
    public void Configure(EntityTypeBuilder<GoneContact> builder)
    {
        builder.ToTable("contact_gone", "contacts");
        builder.HasKey(g => new { g.TenantId, g.ContactId, g.GoneIn });
        builder.Property(g => g.GoneIn).HasColumnType("xid8").ValueGeneratedNever();
        builder.HasIndex(g => new { g.TenantId, g.GoneIn });
    }
}
