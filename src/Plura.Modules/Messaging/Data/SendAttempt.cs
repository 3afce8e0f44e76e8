using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>
/// An intent to hand a message over. The database refuses one whose decision is missing or is not <c>allow</c>: see
/// <c>messaging.sql</c>.
/// </summary>
[AppendOnly]
public sealed class SendAttempt : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid SendId { get; private set; }

    public int Attempt { get; private set; }

    public Guid DecisionId { get; private set; }

    /// <summary>Always <c>allow</c>: half of the foreign key to the decision.</summary>
    public string Outcome { get; private set; } = "allow";

    public DateTimeOffset At { get; private set; }
}

public sealed class SendAttemptConfiguration : IEntityTypeConfiguration<SendAttempt>
{
    public void Configure(EntityTypeBuilder<SendAttempt> builder)
    {
        builder.TenantTable("messaging", "send_attempt", nameof(SendAttempt.DecisionId));   // One attempt per decision.
        builder.ToTable(t => t.HasCheckConstraint("send_attempt_allowed", "outcome = 'allow'"));
        builder.HasIndex(a => new { a.TenantId, a.SendId, a.Attempt }).IsUnique().HasDatabaseName("send_attempt_number");
    }
}
