using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>What an account adds to the gate's rules. No row: nothing.</summary>
public sealed class GateSetting : ITenantOwned
{
    public Guid TenantId { get; private set; }

    /// <summary>At most so many marketing messages to one address…</summary>
    public int FrequencyMessages { get; private set; }

    /// <summary>…within so many days.</summary>
    public int FrequencyDays { get; private set; }

    public static GateSetting Of(int messages, int days) => new() { FrequencyMessages = messages, FrequencyDays = days };

    public void Limit(int messages, int days) => (FrequencyMessages, FrequencyDays) = (messages, days);
}

public sealed class GateSettingConfiguration : IEntityTypeConfiguration<GateSetting>
{
    public void Configure(EntityTypeBuilder<GateSetting> builder)
    {
        builder.ToTable("gate_setting", "privacy");
        builder.HasKey(s => s.TenantId);
        builder.Property(s => s.TenantId).ValueGeneratedNever();
    }
}
