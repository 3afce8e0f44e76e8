using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>What the gate answered for one message, with every reason. A send refers to it by <c>(tenant_id, id, outcome)</c>.</summary>
[AppendOnly]
public sealed class Decision : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SendId { get; private set; }

    public string Outcome { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? DeferUntil { get; private set; }

    public Guid? ContactId { get; private set; }

    public Guid AddressKey { get; private set; }

    public string Channel { get; private set; } = "";

    public string Category { get; private set; } = "";

    public string Topic { get; private set; } = "";

    /// <summary>The reasons as JSON: <c>[{rule, version, outcome, facts}]</c>.</summary>
    public string Reasons { get; private set; } = "";

    public string RulesVersion { get; private set; } = "";
}

public sealed class DecisionConfiguration : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.TenantTable("privacy", "decision");
        builder.Property(d => d.Reasons).HasColumnType("jsonb");
        builder.HasAlternateKey(d => new { d.TenantId, d.Id, d.Outcome });
        // For the account's own limit on how often one person hears from it.
        builder.HasIndex(d => new { d.TenantId, d.AddressKey, d.At });
        builder.ToTable(t => t.HasCheckConstraint("decision_outcome", "outcome in ('allow', 'deny', 'defer')"));
    }
}
