using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plura.Platform.Outbox;

/// <summary>One delivery of one event to one subscriber, or one job. Written by the same SaveChanges as what it tells of.</summary>
[SharedAcrossTenants("A job's envelope: read before its tenant is known. Payloads hold ids, never personal data or secrets.")]
public sealed class OutboxMessage
{
    public Guid Id { get; set; }

    /// <summary>The account the work belongs to; null for the installation's own.</summary>
    public Guid? TenantId { get; set; }

    /// <summary>The full name of the event's or job's type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The full name of the class that does the work. One row each, so that one failure does not repeat the others.</summary>
    public string Subscriber { get; set; } = "";

    public string Payload { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset RunAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>The node that works on it; a dead node's rows are free again (see <c>platform.node_is_alive</c>).</summary>
    public int? Node { get; set; }

    /// <summary>When the last try failed for good; it then waits for a person.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    /// <summary>Why the last try failed: a <see cref="Failure"/> as text, without anybody's data.</summary>
    public string? LastError { get; set; }

    /// <summary>A person has a dead one tried again, from its first try.</summary>
    public void TryAgain(DateTimeOffset now) => (DeadAt, Attempts, Node, RunAt) = (null, 0, null, now);
}

public sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_message", "platform");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Payload).HasColumnType("jsonb");
        builder.HasIndex(m => new { m.RunAt, m.Id }).HasFilter("dead_at is null").HasDatabaseName("outbox_due");
    }
}
