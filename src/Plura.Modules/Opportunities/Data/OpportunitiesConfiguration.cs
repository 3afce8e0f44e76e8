using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Opportunities.Data;

public sealed class PipelineConfiguration : IEntityTypeConfiguration<Pipeline>
{
    public void Configure(EntityTypeBuilder<Pipeline> builder)
    {
        builder.TenantTable("opportunities", "pipeline");
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => new { p.TenantId, p.Name }).IsUnique();
    }
}

public sealed class StageConfiguration : IEntityTypeConfiguration<Stage>
{
    public void Configure(EntityTypeBuilder<Stage> builder)
    {
        builder.TenantTable("opportunities", "stage");
        builder.HasOne<Pipeline>().WithMany().HasForeignKey(s => new { s.TenantId, s.PipelineId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.TenantId, s.PipelineId });
    }
}

public sealed class OpportunityConfiguration : IEntityTypeConfiguration<Opportunity>
{
    private const string OnTheBoard = "status = 'open' and deleted_at is null and contact_gone_at is null";
    private const string Live = "deleted_at is null and contact_gone_at is null";

    public void Configure(EntityTypeBuilder<Opportunity> builder)
    {
        builder.TenantTable("opportunities", "opportunity");
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.Property(o => o.Fields).HoldsTexts().HasDefaultValueSql("'{}'");
        builder.Property(o => o.Before).HasColumnType("jsonb");
        builder.HasOne<Stage>().WithMany().HasForeignKey(o => new { o.TenantId, o.StageId }).OnDelete(DeleteBehavior.Restrict);
        // The board: the first cards of each stage, and the sums, which read this index alone.
        builder.HasIndex(o => new { o.TenantId, o.StageId, o.StageSince, o.Id }, "opportunity_board").IsDescending(false, false, true, true).HasFilter(OnTheBoard);
        builder.HasIndex(o => new { o.TenantId, o.PipelineId, o.StageId, o.Currency }, "opportunity_sums").HasFilter(OnTheBoard).IncludeProperties(o => new { o.ValueMinor, o.OwnerId });
        builder.HasIndex(o => new { o.TenantId, o.CreatedAt, o.Id }, "opportunity_newest").IsDescending(false, true, true).HasFilter(Live);
        builder.HasIndex(o => new { o.TenantId, o.DeletedAt, o.Id }, "opportunity_bin").IsDescending(false, true, true).HasFilter("deleted_at is not null");
        builder.HasIndex(o => new { o.TenantId, o.ContactId });
        builder.HasIndex(o => new { o.TenantId, o.OwnerId });
        builder.HasIndex(o => new { o.TenantId, o.StageId });
    }
}

public sealed class OpportunityStepConfiguration : IEntityTypeConfiguration<OpportunityStep>
{
    public void Configure(EntityTypeBuilder<OpportunityStep> builder)
    {
        builder.TenantTable("opportunities", "opportunity_step");
        builder.HasIndex(s => new { s.TenantId, s.OpportunityId, s.Number }).IsUnique().IsDescending(false, false, true);
    }
}
