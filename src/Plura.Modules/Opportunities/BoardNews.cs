using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Saves a change of cards, and tells the open boards of it.</summary>
public sealed class BoardNews(PluraDb db, ILive live)
{
    public static string Topic(Guid pipeline) => $"opportunity-board:{pipeline}";

    /// <summary>Refused where somebody was quicker, or the stage is gone since.</summary>
    public async Task<Refusal?> Save(CancellationToken ct, params Guid[] pipelines)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return OpportunityRefusals.ChangedElsewhere;
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return OpportunityRefusals.NoStage;
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } twice)
        {
            // Two presses at once: of a pipeline's form, or of two people who move one card.
            return twice.TableName == "pipeline" ? OpportunityRefusals.NameTaken : OpportunityRefusals.ChangedElsewhere;
        }

        foreach (var pipeline in pipelines.Distinct())
            await live.Changed(Topic(pipeline), ct);
        return null;
    }
}
