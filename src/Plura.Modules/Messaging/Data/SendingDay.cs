using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>How much an account sent on a day of UTC, and what came back: added up from the events once an hour, so that a desk need not read them all.</summary>
[SharedAcrossTenants("The operator's desk and the watch read it across accounts. Counts only.")]
public sealed class SendingDay
{
    public Guid AccountId { get; private set; }

    public DateOnly Day { get; private set; }

    /// <summary>Messages that a receiver took.</summary>
    public long Accepted { get; private set; }

    public long Bounced { get; private set; }
}

public sealed class SendingDayConfiguration : IEntityTypeConfiguration<SendingDay>
{
    public void Configure(EntityTypeBuilder<SendingDay> builder)
    {
        builder.ToTable("sending_day", "messaging");
        builder.HasKey(d => new { d.AccountId, d.Day });
        builder.HasIndex(d => d.Day);
    }
}
