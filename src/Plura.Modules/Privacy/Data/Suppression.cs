using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>An address that gets nothing on a channel. It knows no contact, so that it outlives deletion, merge and re-import.</summary>
public sealed class Suppression : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid AddressKey { get; private set; }

    public string Channel { get; private set; } = "";

    /// <summary>See <see cref="Contracts.SuppressionReasons"/>.</summary>
    public string Reason { get; private set; } = "";

    public string Detail { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

public sealed class SuppressionConfiguration : IEntityTypeConfiguration<Suppression>
{
    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable("suppression", "privacy");
        builder.HasKey(s => new { s.TenantId, s.AddressKey, s.Channel });
    }
}
