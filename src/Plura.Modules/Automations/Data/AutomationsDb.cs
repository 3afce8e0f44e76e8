using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Automations.Data;

/// <summary>The module's sets, visible only to files that import this namespace.</summary>
public static class AutomationsDb
{
    public static readonly Refusal ChangedElsewhere = Refusal.Conflict("automation.changed", "Somebody changed this automation since you opened it. Look at it as it is now, and change it again.");

    extension(PluraDb db)
    {
        public DbSet<Automation> Automations => db.Set<Automation>();

        public DbSet<AutomationVersion> AutomationVersions => db.Set<AutomationVersion>();

        public DbSet<Listening> Listenings => db.Set<Listening>();

        public DbSet<Run> Runs => db.Set<Run>();

        public DbSet<Passage> Passages => db.Set<Passage>();

        public DbSet<StepTally> StepTallies => db.Set<StepTally>();

        public DbSet<Happening> Happenings => db.Set<Happening>();

        /// <summary>Saves; answers a refusal where somebody else changed the drawing meanwhile.</summary>
        public async Task<Refusal?> SaveOrRefuse(CancellationToken ct)
        {
            try
            {
                await db.SaveChangesAsync(ct);
                return null;
            }
            catch (DbUpdateConcurrencyException)
            {
                return ChangedElsewhere;
            }
        }

        /// <summary>Takes those who are under way out.</summary>
        public Task StopRuns(Expression<Func<Run, bool>> which, string reason, DateTimeOffset now, CancellationToken ct) =>
            db.Set<Run>().Where(which).Where(r => r.State == RunStates.Going).ExecuteUpdateAsync(s => s
                .SetProperty(r => r.State, RunStates.Stopped).SetProperty(r => r.Reason, reason).SetProperty(r => r.StepId, (Guid?)null)
                .SetProperty(r => r.WakeAt, (DateTimeOffset?)null).SetProperty(r => r.Awaits, (string?)null).SetProperty(r => r.Since, now), ct);

        public async Task<Result<Automation>> FindAutomation(Guid id, CancellationToken ct) =>
            await db.Set<Automation>().FirstOrDefaultAsync(a => a.Id == id && a.DeletedAt == null, ct) is { } found
                ? found
                : Refusal.NotFound("automation.missing", "This automation does not exist, or it was deleted.");
    }
}
