using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>One message that the development mailbox took.</summary>
[SharedAcrossTenants("The development mailbox plays the outside world, which knows no accounts; it exists only in development.")]
public sealed class DevMessage
{
    public Guid Id { get; private set; }

    public string Channel { get; private set; } = "";

    /// <summary>The channel of notifications, which are no messages of the send ledger.</summary>
    public const string Push = "push";

    /// <summary>Plain text, not a letter.</summary>
    public bool IsText => Channel is "sms" or Push;

    public string MessageId { get; private set; } = "";

    /// <summary>How often it was handed over; more than once is a mistake that must show.</summary>
    public int Times { get; private set; }

    public Guid AccountId { get; private set; }

    public Guid SendId { get; private set; }

    public Guid DecisionId { get; private set; }

    public string Recipient { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>The message as it came.</summary>
    public byte[] Source { get; private set; } = [];
}

public sealed class DevMessageConfiguration : IEntityTypeConfiguration<DevMessage>
{
    public void Configure(EntityTypeBuilder<DevMessage> builder)
    {
        builder.ToTable("message", "dev");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Ignore(m => m.IsText);
        builder.HasIndex(m => m.MessageId).IsUnique().HasDatabaseName("message_once");
        builder.HasIndex(m => new { m.At, m.Id }).HasDatabaseName("message_newest");
        builder.HasIndex(m => new { m.Recipient, m.At }).HasDatabaseName("message_of_recipient");
    }
}
