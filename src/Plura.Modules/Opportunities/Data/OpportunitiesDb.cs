using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Opportunities.Data;

/// <summary>The module's sets, visible only to files that import this namespace.</summary>
public static class OpportunitiesDb
{
    extension(PluraDb db)
    {
        public DbSet<Pipeline> Pipelines => db.Set<Pipeline>();

        public DbSet<Stage> Stages => db.Set<Stage>();

        public DbSet<Opportunity> Opportunities => db.Set<Opportunity>();

        public DbSet<OpportunityStep> OpportunitySteps => db.Set<OpportunityStep>();

        /// <summary>Those that are there: neither deleted nor waiting in the bin with their contact.</summary>
        public IQueryable<Opportunity> LiveOpportunities => db.Set<Opportunity>().Where(o => o.DeletedAt == null && o.ContactGoneAt == null);

        /// <summary>The open ones of them that stand in their stage longer than it allows.</summary>
        public IQueryable<Opportunity> WaitingOpportunities(DateTimeOffset now)
        {
            var tenant = db.Tenant.Id;
            return db.Set<Opportunity>().FromSql($"""
                select o.* from opportunities.opportunity o join opportunities.stage s on s.tenant_id = o.tenant_id and s.id = o.stage_id
                where o.tenant_id = {tenant} and o.status = 'open' and o.deleted_at is null and o.contact_gone_at is null
                  and o.stage_since <= {now} - make_interval(days => s.rotting_days)
                """);
        }

        public async Task<Result<Opportunity>> FindOpportunity(Guid id, CancellationToken ct) =>
            await db.LiveOpportunities.SingleOrDefaultAsync(o => o.Id == id, ct) is { } found ? found : OpportunityRefusals.Missing;

        public async Task<Result<Stage>> FindStage(Guid id, CancellationToken ct) =>
            await db.Stages.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } found ? found : OpportunityRefusals.NoStage;
    }
}

public static class OpportunityRefusals
{
    public static Refusal Missing => Refusal.NotFound("opportunity.missing", "This opportunity does not exist, or it was deleted.");

    public static Refusal NoContact => Refusal.Invalid("opportunity.contact", "Choose a contact: this one does not exist, or it was deleted.", "Contact");

    public static Refusal NoStage => Refusal.Invalid("stage.missing", "This stage does not exist any more. Load the page again and choose another one.", "Stage");

    public static Refusal NameTaken => Refusal.Invalid("pipeline.name_taken", "You have a pipeline with this name already.", "Name");

    public static Refusal ChangedElsewhere => Refusal.Conflict("opportunity.changed_elsewhere", "Somebody else changed this opportunity a moment ago, so yours was not done. You see now how it stands; do it again if it is still right.");

    /// <summary>What the stage asks for, as one sentence and beside each field.</summary>
    public static Refusal Lacking(Stage stage, IReadOnlyList<StageNeed> lacks)
    {
        return new Refusal(RefusalKind.Invalid, "opportunity.fields_missing", $"In “{stage.Name}” an opportunity needs {StageNeed.List(lacks)}. Fill it in, and it moves.")
        {
            Fields = lacks.ToDictionary(n => n.Field, n => new[] { $"“{stage.Name}” needs {n.Text}." }, StringComparer.Ordinal),
        };
    }
}
