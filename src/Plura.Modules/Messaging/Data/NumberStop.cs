using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>
/// Somebody texted STOP to one of our numbers. Accounts that write from it heed it at once; one that writes from it for the first time later finds it here, before
/// its text goes. START takes it away.
/// </summary>
[SharedAcrossTenants("A STOP counts for every account that will ever write from the number. The reader is a hash under a key of the installation and of the number.")]
public sealed class NumberStop
{
    /// <summary>One of the installation's own.</summary>
    public string Number { get; private set; } = "";

    public Guid ReaderKey { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>What the provider calls the text that said so.</summary>
    public string ProviderId { get; private set; } = "";
}

/// <summary>How fast one of our numbers may send, and what it has sent today: every node and every account takes from the same row.</summary>
[SharedAcrossTenants("A number may be shared by accounts, and its carrier counts all of them. Our own numbers and counters only.")]
public sealed class NumberPace
{
    public string Number { get; private set; } = "";

    /// <summary>Until then its time is given away to what somebody waits for: answers, receipts, codes.</summary>
    public DateTimeOffset UrgentAt { get; private set; }

    /// <summary>Until then its time is given away to marketing, text by text.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>The day that is counted, in UTC.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Marketing texts of that day.</summary>
    public int Sent { get; private set; }

    /// <summary>Earlier days on which it sent any.</summary>
    public int Days { get; private set; }
}

public sealed class NumberStopConfiguration : IEntityTypeConfiguration<NumberStop>
{
    public void Configure(EntityTypeBuilder<NumberStop> builder)
    {
        builder.ToTable("number_stop", "messaging");
        builder.HasKey(s => new { s.Number, s.ReaderKey });
    }
}

public sealed class NumberPaceConfiguration : IEntityTypeConfiguration<NumberPace>
{
    public void Configure(EntityTypeBuilder<NumberPace> builder)
    {
        builder.ToTable("number_pace", "messaging");
        builder.HasKey(p => p.Number);
        builder.HasStorageParameter("fillfactor", 50);
    }
}
