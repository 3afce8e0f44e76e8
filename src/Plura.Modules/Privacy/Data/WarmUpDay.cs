using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>
/// How much marketing a new account was allowed on a day of its own zone. The row is locked while a batch is decided, so that no two nodes
/// together let more through than the day's limit.
/// </summary>
public sealed class WarmUpDay : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public DateOnly Day { get; private set; }

    public int Allowed { get; private set; }

    /// <summary>Messages that found no room on this day; from their number follows on which later day there is some.</summary>
    public int PutOff { get; private set; }
}

public sealed class WarmUpDayConfiguration : IEntityTypeConfiguration<WarmUpDay>
{
    public void Configure(EntityTypeBuilder<WarmUpDay> builder)
    {
        builder.ToTable("warm_up_day", "privacy");
        builder.HasKey(d => new { d.TenantId, d.Day });
        builder.Property(d => d.TenantId).ValueGeneratedNever();
    }
}
