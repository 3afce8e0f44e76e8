using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>
/// What the ledger says now for one address, channel and topic: a fold that can be rebuilt at any time. The person's own latest act
/// wins over everything the account says; among the account's statements the latest wins.
/// </summary>
public sealed class ConsentState : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid AddressKey { get; private set; }

    public string Channel { get; private set; } = "";

    public string Topic { get; private set; } = "";

    public string Act { get; private set; } = "";

    public string How { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary><c>none</c>, <c>attested</c> or <c>proven</c>.</summary>
    public string Proof { get; private set; } = "";

    /// <summary>The person's own act, or a refusal whoever wrote it down: no statement of the account overrides it.</summary>
    public bool Own { get; private set; }

    /// <summary>The event that decides; its source and wording are read there.</summary>
    public long Seq { get; private set; }
}

public sealed class ConsentStateConfiguration : IEntityTypeConfiguration<ConsentState>
{
    public void Configure(EntityTypeBuilder<ConsentState> builder)
    {
        builder.ToTable("consent_state", "privacy");
        builder.HasKey(s => new { s.TenantId, s.AddressKey, s.Channel, s.Topic });
    }
}
