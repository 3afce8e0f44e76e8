using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>
/// Where the consent ledger and the audit log of a deleted account ended: numbers and hashes, nothing of what stood in them. Seals made while
/// they were there stay explainable by it, and a missing chain without such a row is still an alarm. PostgreSQL writes it (<c>ended_chain.sql</c>).
/// </summary>
[SharedAcrossTenants("It is what stays when the account is gone.")]
public sealed class EndedChain
{
    private EndedChain()
    {
    }

    public Guid AccountId { get; private set; }

    public long LedgerSeq { get; private set; }

    public byte[]? LedgerHash { get; private set; }

    public long AuditSeq { get; private set; }

    public byte[]? AuditHash { get; private set; }
}

public sealed class EndedChainConfiguration : IEntityTypeConfiguration<EndedChain>
{
    public void Configure(EntityTypeBuilder<EndedChain> builder)
    {
        builder.ToTable("ended_chain", "privacy", t => t.HasComment("kept: the sealed ends of a deleted account's chains, as hashes"));
        builder.HasKey(c => c.AccountId);
        builder.Property(c => c.AccountId).ValueGeneratedNever();
    }
}
