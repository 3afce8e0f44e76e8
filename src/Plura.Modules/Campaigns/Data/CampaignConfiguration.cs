using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Campaigns.Data;

public sealed class CampaignConfiguration : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> builder)
    {
        builder.TenantTable("campaigns", "campaign");
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.At).HasColumnType("timestamp without time zone");
        builder.Property(c => c.Audience).HasColumnType("jsonb").HasConversion(
            audience => Write(audience),
            text => Read(text),
            new ValueComparer<Audience>((a, b) => Write(a!) == Write(b!), a => Write(a).GetHashCode(StringComparison.Ordinal), a => a));
        builder.HasIndex(c => new { c.TenantId, c.CreatedAt, c.Id }).IsDescending(false, true, true);
    }

    // Never filtered in SQL: row security would refuse an index over it anyway.
    private static string Write(Audience audience) => JsonSerializer.Serialize(audience, JsonSerializerOptions.Web);

    private static Audience Read(string text) => JsonSerializer.Deserialize<Audience>(text, JsonSerializerOptions.Web)!;
}

public sealed class CampaignActConfiguration : IEntityTypeConfiguration<CampaignAct>
{
    public void Configure(EntityTypeBuilder<CampaignAct> builder)
    {
        builder.TenantTable("campaigns", "campaign_act");
        builder.HasOne<Campaign>().WithMany().HasForeignKey(a => new { a.TenantId, a.CampaignId }).OnDelete(DeleteBehavior.Cascade);
    }
}
