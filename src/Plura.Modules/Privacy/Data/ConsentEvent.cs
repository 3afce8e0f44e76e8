using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>
/// One act in an account's consent ledger. Rows are numbered without gaps and each carries the hash of the one before.
/// They are written by <c>LedgerWriter</c> alone.
/// </summary>
[AppendOnly]
public sealed class ConsentEvent : ITenantOwned
{
    public Guid TenantId { get; private set; }

    /// <summary>1, 2, 3 … within the account.</summary>
    public long Seq { get; private set; }

    /// <summary>The event's own id; for an import the attestation's.</summary>
    public Guid Id { get; private set; }

    /// <summary>The address it concerns; null where <see cref="MemberCount"/> says how many member rows do.</summary>
    public Guid? AddressKey { get; private set; }

    /// <summary>The contact it concerned when it happened.</summary>
    public Guid? SubjectId { get; private set; }

    public string Channel { get; private set; } = "";

    public string Topic { get; private set; } = "";

    public string Act { get; private set; } = "";

    public string How { get; private set; } = "";

    /// <summary>When it is said to have happened.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>When we wrote it down.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    public byte[]? WordingHash { get; private set; }

    /// <summary>The policy version that stood on the page.</summary>
    public string? PolicyVersion { get; private set; }

    /// <summary>Who wrote it: <c>user:</c>, <c>token:</c> or <c>system:</c> with an id or a name, or <c>visitor</c>. Never a person's name.</summary>
    public string Actor { get; private set; } = "";

    public string? Source { get; private set; }

    /// <summary>Where the person probably is and why we think so; null where nothing was known.</summary>
    public string? Jurisdiction { get; private set; }

    /// <summary>After this instant the permission no longer counts.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    public Guid? SendId { get; private set; }

    /// <summary>The attestation that this event takes back.</summary>
    public Guid? Retracts { get; private set; }

    public int? MemberCount { get; private set; }

    /// <summary>SHA-256 over the members' address keys in ascending order.</summary>
    public byte[]? MemberDigest { get; private set; }

    /// <summary>Whose key the proof is under.</summary>
    public Guid? ProofKey { get; private set; }

    /// <summary>AES-256-GCM: nonce, tag, ciphertext. Shredding the key makes it unreadable; the chain does not notice.</summary>
    public byte[]? Proof { get; private set; }

    public byte[] PrevHash { get; private set; } = [];

    public byte[] Hash { get; private set; } = [];

    /// <summary>The layout and hash function: <c>1</c> is SHA-256 over <c>CanonicalEvent</c>.</summary>
    public short Alg { get; private set; }
}

public sealed class ConsentEventConfiguration : IEntityTypeConfiguration<ConsentEvent>
{
    public void Configure(EntityTypeBuilder<ConsentEvent> builder)
    {
        builder.TenantTable("privacy", "consent_event", nameof(ConsentEvent.Seq));
        builder.HasAlternateKey(e => new { e.TenantId, e.Id });
        builder.HasIndex(e => new { e.TenantId, e.AddressKey, e.Seq });
    }
}

/// <summary>One address of an attestation that concerns many.</summary>
[AppendOnly]
public sealed class ConsentMember : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid AddressKey { get; private set; }

    public long Seq { get; private set; }

    public Guid? ContactId { get; private set; }
}

public sealed class ConsentMemberConfiguration : IEntityTypeConfiguration<ConsentMember>
{
    public void Configure(EntityTypeBuilder<ConsentMember> builder)
    {
        // No foreign key to the event: it would cost a look-up per row of an import, and verification counts and digests the members.
        builder.ToTable("consent_member", "privacy");
        builder.HasKey(m => new { m.TenantId, m.AddressKey, m.Seq });
    }
}

/// <summary>The exact words of a permission, stored once under their SHA-256.</summary>
[AppendOnly]
public sealed class ConsentWording : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public string Text { get; private set; } = "";

    public DateTimeOffset RecordedAt { get; private set; }
}

public sealed class ConsentWordingConfiguration : IEntityTypeConfiguration<ConsentWording>
{
    public void Configure(EntityTypeBuilder<ConsentWording> builder) => builder.TenantTable("privacy", "consent_wording", nameof(ConsentWording.Hash));
}
