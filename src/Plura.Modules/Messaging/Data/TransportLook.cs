using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>One night's look: what the transports took since the look before, held against what was allowed.</summary>
[SharedAcrossTenants("What the transports took is compared across all accounts at once. Times and counts only.")]
public sealed class TransportLook
{
    public Guid Id { get; private set; }

    /// <summary>From when on it compared; looks overlap.</summary>
    public DateTimeOffset Since { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>How many hand-overs were compared: each once in our ledger and once in the transport's log.</summary>
    public long Compared { get; private set; }

    /// <summary>Messages that nobody allowed, also those that the look before had found.</summary>
    public int Strangers { get; private set; }

    /// <summary>Of them, those that no look had found before.</summary>
    public int New { get; private set; }

    /// <summary>Receipts that had not reached us and that the providers had on record.</summary>
    public int Receipts { get; private set; }

    /// <summary>Messages of which nobody knew whether they had left, and that a provider had taken.</summary>
    public int Found { get; private set; }

    /// <summary>Which providers did not say what they took, by name; empty where all did.</summary>
    public string Silent { get; private set; } = "";

    public static TransportLook Of(DateTimeOffset since, long compared, int strangers, int fresh, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Since = since, At = now, Compared = compared, Strangers = strangers, New = fresh };

    public void Asked(int receipts, int found, string silent) => (Receipts, Found, Silent) = (receipts, found, silent);
}

public sealed class TransportLookConfiguration : IEntityTypeConfiguration<TransportLook>
{
    public void Configure(EntityTypeBuilder<TransportLook> builder)
    {
        builder.ToTable("transport_look", "messaging");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.HasIndex(l => l.At);
    }
}

/// <summary>A message that left although no decision on record allowed it. Each is found once, whatever later looks see of it.</summary>
[SharedAcrossTenants("Nobody knows whose a message is that nobody allowed. Its Message-ID and times only.")]
public sealed class Stranger
{
    /// <summary>The Message-ID; of a send in our own ledger its id.</summary>
    public string MessageId { get; private set; } = "";

    public DateTimeOffset FoundAt { get; private set; }

    /// <summary>When whoever runs the installation had looked into it. Who that was stands in the installation's log.</summary>
    public DateTimeOffset? SettledAt { get; private set; }
}

public sealed class StrangerConfiguration : IEntityTypeConfiguration<Stranger>
{
    public void Configure(EntityTypeBuilder<Stranger> builder)
    {
        builder.ToTable("stranger", "messaging");
        builder.HasKey(s => s.MessageId);
        builder.HasIndex(s => new { s.FoundAt, s.MessageId });
    }
}
