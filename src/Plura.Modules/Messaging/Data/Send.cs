using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>
/// One message to one contact point for one reason, unique by (account, origin, origin id, contact point). The row lives through
/// every attempt; set-based SQL in <c>Sending/</c> moves it, so it has no verbs of its own.
/// </summary>
public sealed class Send : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Origin { get; private set; } = "";

    public Guid OriginId { get; private set; }

    public Guid ContentId { get; private set; }

    public Guid ContactId { get; private set; }

    public Guid ContactPointId { get; private set; }

    public Guid AddressKey { get; private set; }

    /// <summary>See <see cref="SendStates"/>.</summary>
    public string State { get; private set; } = "";

    /// <summary>Without angle brackets; the same on every attempt.</summary>
    public string MessageId { get; private set; } = "";

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>The node that holds it while claimed or intended.</summary>
    public int? Node { get; private set; }

    /// <summary>How many intents it has had; an outcome names the attempt it belongs to.</summary>
    public int Attempt { get; private set; }

    /// <summary>The gate's last decision about it.</summary>
    public Guid? DecisionId { get; private set; }

    /// <summary>The rule, the bounce or the person that explains the state.</summary>
    public string? Reason { get; private set; }

    public int? LastCode { get; private set; }

    /// <summary>What the provider calls it, where it gave it a name of its own.</summary>
    public string? ProviderId { get; private set; }

    public DateTimeOffset PlannedAt { get; private set; }

    /// <summary>The first intent; the limit for trying again counts from here.</summary>
    public DateTimeOffset? FirstIntendedAt { get; private set; }

    public DateTimeOffset? IntendedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>First open by a person; robots have a column of their own.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    public DateTimeOffset? ClickedAt { get; private set; }

    public DateTimeOffset? RobotOpenedAt { get; private set; }

    public DateTimeOffset? RobotClickedAt { get; private set; }

    public DateTimeOffset? UnsubscribedAt { get; private set; }
}

public sealed class SendConfiguration : IEntityTypeConfiguration<Send>
{
    public void Configure(EntityTypeBuilder<Send> builder)
    {
        builder.TenantTable("messaging", "send");
        builder.HasIndex(s => new { s.TenantId, s.Origin, s.OriginId, s.ContactPointId }).IsUnique().HasDatabaseName("send_once");
        // Only the states off the straight road: what is simply accepted is read through send_once, and sending it stays cheap.
        builder.HasIndex(s => new { s.TenantId, s.Origin, s.OriginId, s.State, s.ContactPointId })
            .HasFilter("state in ('deferred', 'bounced', 'withheld', 'unknown', 'cancelled', 'skipped')").HasDatabaseName("send_aside");
        builder.HasIndex(s => new { s.TenantId, s.Origin, s.OriginId, s.DueAt, s.Id }).HasFilter("state in ('planned', 'deferred')").HasDatabaseName("send_due");
        builder.HasIndex(s => new { s.TenantId, s.Node }).HasFilter("node is not null").HasDatabaseName("send_held");
        builder.HasIndex(s => new { s.TenantId, s.ContactId, s.PlannedAt }).HasDatabaseName("send_of_contact");
        builder.HasIndex(s => new { s.TenantId, s.FinishedAt, s.Id }).HasFilter("state = 'unknown'").HasDatabaseName("send_unclear");
        builder.HasIndex(s => new { s.TenantId, s.ProviderId }).HasFilter("provider_id is not null").HasDatabaseName("send_at_provider");
        builder.HasStorageParameter("fillfactor", 70);
    }
}
