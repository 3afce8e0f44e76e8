using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>
/// One link of an account's audit chain. Entries are written without a lock; a moment later the sealer numbers them and hashes each
/// together with the link before it.
/// </summary>
[AppendOnly]
public sealed class AuditLink : ITenantOwned
{
    private AuditLink()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>1, 2, 3 … within the account.</summary>
    public long Seq { get; private set; }

    public Guid EntryId { get; private set; }

    public byte[] Hash { get; private set; } = [];
}

public sealed class AuditLinkConfiguration : IEntityTypeConfiguration<AuditLink>
{
    public void Configure(EntityTypeBuilder<AuditLink> builder)
    {
        builder.TenantTable("privacy", "audit_link", nameof(AuditLink.Seq));
        builder.HasIndex(l => new { l.TenantId, l.EntryId }).IsUnique();
    }
}

/// <summary>The same for the log of what happens outside any account.</summary>
[SharedAcrossTenants("Numbers and hashes of the installation's own log.")]
[AppendOnly]
public sealed class OperatorAuditLink
{
    private OperatorAuditLink()
    {
    }

    public long Seq { get; private set; }

    public Guid EntryId { get; private set; }

    public byte[] Hash { get; private set; } = [];
}

public sealed class OperatorAuditLinkConfiguration : IEntityTypeConfiguration<OperatorAuditLink>
{
    public void Configure(EntityTypeBuilder<OperatorAuditLink> builder)
    {
        builder.ToTable("operator_audit_link", "privacy");
        builder.HasKey(l => l.Seq);
        builder.Property(l => l.Seq).ValueGeneratedNever();
        builder.HasIndex(l => l.EntryId).IsUnique();
    }
}
