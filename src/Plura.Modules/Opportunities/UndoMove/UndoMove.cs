using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Takes the last move or ending of a card back. Only the last: what others did since is theirs to take back.</summary>
public sealed record UndoMove
{
    public Guid Id { get; set; }

    /// <summary>The step that is meant; where it is not the last any more, nothing happens. Null means the last.</summary>
    public Guid? Step { get; set; }
}

public sealed class UndoMoveHandler(PluraDb db, BoardNews news, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(UndoMove command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindOpportunity(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var opportunity = found.Value;
        var last = await db.OpportunitySteps.AsNoTracking().Where(s => s.OpportunityId == command.Id).OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        if (last is null or { What: OpportunityStep.Created } || last.FromStageId is not { } back)
            return Refusal.Conflict("opportunity.nothing_to_undo", "There is nothing to take back: this opportunity has not moved yet.");
        if (command.Step is { } meant && meant != last.Id)
            return OpportunityRefusals.ChangedElsewhere;
        var stage = await db.FindStage(back, ct);
        if (stage.Refusal is not null)
            return Refusal.Conflict("stage.missing", $"The stage “{last.FromStage}” does not exist any more, so it cannot go back there.");

        var now = clock.GetUtcNow();
        var (pipeline, from, status) = (opportunity.PipelineId, opportunity.StageId, opportunity.Status);
        db.OpportunitySteps.Add(OpportunityStep.Of(OpportunityStep.Undone, opportunity, last.ToStage, stage.Value.Id, stage.Value.Name, last.FromStatus, actor, now));
        if (from != stage.Value.Id)
        {
            opportunity.Move(stage.Value, now, last.Since);
            db.Publish(new OpportunityStageChanged(opportunity.Id, opportunity.ContactId, from, stage.Value.Id));
        }

        if (status != last.FromStatus)
        {
            opportunity.Mark(last.FromStatus, opportunity.Reason, now);
            db.Publish(new OpportunityStatusChanged(opportunity.Id, opportunity.ContactId, status, last.FromStatus));
        }

        return await news.Save(ct, pipeline, stage.Value.PipelineId) is { } refused ? refused : Result.Done;
    }
}

public static class UndoMoveEndpoint
{
    public static void MapUndoMove(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/opportunities/{id:guid}/undo", async (Guid id, UndoMove command, UndoMoveHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => opportunities.One(id, ct))).RequirePermission("opportunities.edit").WithName("UndoMove");
}
