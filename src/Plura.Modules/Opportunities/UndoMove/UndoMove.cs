using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>
/// Takes the last move or ending of a card back, with what was filled in by it: stage, reason and days are as they were. Only the last step, and no fact that
/// somebody changed since: what others did is theirs to take back.
/// </summary>
public sealed record UndoMove
{
    public Guid Id { get; set; }

    /// <summary>The step that is meant; where it is not the last any more, nothing happens. Null means the last.</summary>
    public Guid? Step { get; set; }
}

public sealed class UndoMoveHandler(PluraDb db, FactReader reader, IOwnFiles files, BoardNews news, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(UndoMove command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await db.FindOpportunity(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var opportunity = found.Value;
        var last = await db.OpportunitySteps.AsNoTracking().Where(s => s.OpportunityId == command.Id).OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        if (last is null or { What: OpportunityStep.Created } || last.FromStageId is not { } place)
            return Refusal.Conflict("opportunity.nothing_to_undo", "There is nothing to take back: this opportunity has not moved yet.");
        if (command.Step is { } meant && meant != last.Id)
            return OpportunityRefusals.ChangedElsewhere;
        var stage = await db.FindStage(place, ct);
        if (stage.Refusal is not null)
            return Refusal.Conflict("stage.missing", $"The stage “{last.FromStage}” does not exist any more, so it cannot go back there.");

        var now = clock.GetUtcNow();
        var (pipeline, from, status) = (opportunity.PipelineId, opportunity.StageId, opportunity.Status);
        var (here, facts) = (CardBefore.Of(opportunity), OpportunityFacts.Of(opportunity));
        var before = CardBefore.Read(opportunity.Before) is { } kept && kept.Number == last.Number ? kept : null;
        var back = before is null ? facts : await reader.Back(opportunity, before, ct);
        if (!ReferenceEquals(back.Fields, facts.Fields) && await files.Take(OpportunityValues.Opportunities, opportunity.Id, back.Fields, ct) is { } taken)
            return taken;
        db.OpportunitySteps.Add(OpportunityStep.Of(OpportunityStep.Undone, opportunity, last.ToStage, stage.Value.Id, stage.Value.Name, last.FromStatus, actor, now));
        if (back != facts)
            back.Describe(opportunity, now);
        if (from != stage.Value.Id)
        {
            opportunity.Move(stage.Value, now, last.Since);
            db.Publish(new OpportunityStageChanged(opportunity.Id, opportunity.ContactId, from, stage.Value.Id));
        }

        if (status != last.FromStatus)
        {
            // Of a step from before this was kept nothing more is known.
            var (reason, closedAt) = before is null ? (opportunity.Reason, last.FromStatus == Statuses.Open ? (DateTimeOffset?)null : opportunity.ClosedAt ?? now) : (before.Reason, before.ClosedAt);
            opportunity.MarkAgain(last.FromStatus, reason, closedAt, now);
            db.Publish(new OpportunityStatusChanged(opportunity.Id, opportunity.ContactId, status, last.FromStatus));
        }

        opportunity.Remember(here);
        if (await news.Save(ct, pipeline, stage.Value.PipelineId) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class UndoMoveEndpoint
{
    public static void MapUndoMove(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/opportunities/{id:guid}/undo", async (Guid id, UndoMove command, UndoMoveHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => opportunities.One(id, ct))).RequirePermission("opportunities.edit").WithName("UndoMove");
}
