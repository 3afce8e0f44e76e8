using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Deletes a pipeline that is empty, or whose opportunities go to a stage of another one.</summary>
public sealed record DeletePipeline
{
    public Guid Id { get; set; }

    /// <summary>A stage of another pipeline.</summary>
    public Guid? MoveTo { get; set; }
}

public sealed class DeletePipelineHandler(PluraDb db, CardMover mover, BoardNews news, TimeProvider clock)
{
    public static readonly Refusal Missing = Refusal.NotFound("pipeline.missing", "This pipeline does not exist any more.");

    public async Task<Result> Handle(DeletePipeline command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.Pipelines.SingleOrDefaultAsync(p => p.Id == command.Id, ct) is not { } pipeline)
            return Missing;
        var stages = await db.Stages.Where(s => s.PipelineId == pipeline.Id).ToListAsync(ct);
        var others = db.Stages.AsNoTracking().Where(s => s.PipelineId != pipeline.Id);
        var to = command.MoveTo is { } wanted ? await others.SingleOrDefaultAsync(s => s.Id == wanted, ct) : null;
        if (command.MoveTo is not null && to is null)
            return Refusal.Invalid("stage.missing", "Choose a stage of another pipeline.", nameof(command.MoveTo));
        if (to is null && await db.LiveOpportunities.CountAsync(o => o.PipelineId == pipeline.Id, ct) is > 0 and var cards)
            return Refusal.Invalid("pipeline.not_empty", $"{cards} {(cards == 1 ? "opportunity stands" : "opportunities stand")} in this pipeline. Say where they go before you delete it.", nameof(command.MoveTo));
        if (await db.Opportunities.AnyAsync(o => o.PipelineId == pipeline.Id, ct))
        {
            to ??= await others.OrderBy(s => s.Position).FirstOrDefaultAsync(ct);
            if (to is null)
                return Refusal.Conflict("pipeline.needed", "Deleted opportunities that can still come back belong to this pipeline. Make another one first: they go there.");
            foreach (var stage in stages)
                await mover.Move(stage, to, clock.GetUtcNow(), ct);
        }

        db.Stages.RemoveRange(stages);
        db.Pipelines.Remove(pipeline);
        if (await news.Save(ct, pipeline.Id, to?.PipelineId ?? pipeline.Id) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class DeletePipelineEndpoint
{
    public static void MapDeletePipeline(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/pipelines/{id:guid}", async (Guid id, Guid? moveTo, DeletePipelineHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeletePipeline { Id = id, MoveTo = moveTo }, ct)).Answer())
            .RequirePermission("pipelines.edit").WithName("DeletePipeline");
}
