using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Makes a pipeline, or changes its name and its stages: their order, names, colours and rules. A stage that is left out is deleted.</summary>
public sealed record KeepPipeline
{
    public const int MostStages = 30;

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary>The version that the editor saw; a change by somebody else since is not overwritten.</summary>
    public int Version { get; set; }

    [Required(ErrorMessage = "Give the pipeline a name, for example “Sales”."), StringLength(Pipeline.LongestName, ErrorMessage = "A pipeline's name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Its place among the account's pipelines, 1 for the first; where it is not given it stays, and a new one comes last.</summary>
    public int? Place { get; set; }

    /// <summary>In their order on the board.</summary>
    public List<StageWish> Stages { get; set => field = value ?? []; } = [];

    /// <summary>Where the opportunities of deleted stages go: by the stage's id, another stage's.</summary>
    public Dictionary<Guid, Guid> MoveTo { get; set => field = value ?? []; } = [];
}

public sealed record StageWish
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary><c>grey</c>, <c>blue</c>, <c>teal</c>, <c>green</c>, <c>yellow</c>, <c>orange</c>, <c>red</c> or <c>purple</c>.</summary>
    public string Color { get; set; } = "grey";

    /// <summary>How likely a card here is won, in percent.</summary>
    public int Probability { get; set; }

    /// <summary>After how many days a card has stood here too long; null for never.</summary>
    public int? RottingDays { get; set; }

    /// <summary>What a card needs to stand here: <c>value</c>, <c>close_date</c>, <c>owner</c>, <c>source</c>, or <c>fields.</c> and the key of a field of the account's own.</summary>
    public List<string> Needs { get; set => field = value ?? []; } = [];
}

public sealed class KeepPipelineHandler(PluraDb db, CardMover mover, IOwnFields ownFields, BoardNews news, TimeProvider clock)
{
    private const int Most = 50;

    public async Task<Result<Guid>> Handle(KeepPipeline command, CancellationToken ct)
    {
        var unfit = command.Invalid();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var known = command.Stages.Exists(s => s is { Needs.Count: > 0 }) ? await KnownNeeds(command, ct) : [];
        if (Refusal.Together(unfit, StageRules.Check(command.Stages, known)) is { } invalid)
            return invalid;
        var pipeline = command.Id is { } id ? await db.Pipelines.SingleOrDefaultAsync(p => p.Id == id, ct) : null;
        if (command.Id is not null && pipeline is null)
            return DeletePipelineHandler.Missing;
        if (pipeline is not null && pipeline.Version != command.Version)
            return ChangedElsewhere;
        var self = command.Id ?? Guid.Empty;
        if (await db.Pipelines.AnyAsync(p => p.Name == command.Name && p.Id != self, ct))
            return OpportunityRefusals.NameTaken;
        var count = await db.Pipelines.CountAsync(ct);
        if (pipeline is null && count >= Most)
            return Refusal.Limit("pipeline.limit", $"An account has at most {Most} pipelines.");

        var now = clock.GetUtcNow();
        if (pipeline is null)
            db.Pipelines.Add(pipeline = Pipeline.New(count, now));
        pipeline.Rename(command.Name);
        await Order(pipeline, command.Place, ct);
        var stages = await db.Stages.Where(s => s.PipelineId == pipeline.Id).OrderBy(s => s.Position).ToListAsync(ct);
        if (command.Stages.Exists(w => w.Id is { } wanted && stages.TrueForAll(s => s.Id != wanted)))
            return ChangedElsewhere;
        var kept = stages.Where(s => command.Stages.Exists(w => w.Id == s.Id)).ToList();
        var boards = new List<Guid> { pipeline.Id };
        if (await Empty([.. stages.Except(kept)], kept, command.MoveTo, boards, now, ct) is { } full)
            return full;
        foreach (var (position, wish) in command.Stages.Index())
        {
            var stage = stages.Find(s => s.Id == wish.Id);
            if (stage is null)
                db.Stages.Add(stage = Stage.New(pipeline.Id, now));
            stage.Describe(wish.Name.Trim(), position, wish.Color, wish.Probability, wish.RottingDays, wish.Needs);
        }

        if (await news.Save(ct, [.. boards]) is { } refused)
            return refused.Code == OpportunityRefusals.ChangedElsewhere.Code ? ChangedElsewhere : refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return pipeline.Id;
    }

    /// <summary>The others make room.</summary>
    private async Task Order(Pipeline pipeline, int? place, CancellationToken ct)
    {
        if (place is not { } wanted)
            return;
        var others = await db.Pipelines.Where(p => p.Id != pipeline.Id).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(ct);
        others.Insert(Math.Clamp(wanted - 1, 0, others.Count), pipeline);
        foreach (var (position, each) in others.Index())
            each.Place(position);
    }

    /// <summary>What a stage can ask for, and what one asked for already: a field that is retired since does not stand in the way of a save.</summary>
    private async Task<IReadOnlyList<StageNeed>> KnownNeeds(KeepPipeline command, CancellationToken ct)
    {
        var ids = command.Stages.Where(s => s is not null).Select(s => s.Id).OfType<Guid>().ToList();
        var before = (await db.Stages.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct)).SelectMany(s => s.NeedsList());
        return [.. StageNeed.All(await ownFields.Asked(OpportunityValues.Opportunities, ct)), .. before.Where(n => StageNeeds.Key(n) is not null).Select(n => new StageNeed(n, n, n))];
    }

    /// <summary>A stage goes once its cards stand elsewhere; those out of sight (deleted, or with their contact in the bin) go along. The boards they come to hear of it.</summary>
    private async Task<Refusal?> Empty(IReadOnlyList<Stage> gone, IReadOnlyList<Stage> kept, Dictionary<Guid, Guid> moveTo, List<Guid> boards, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var stage in gone)
        {
            var to = moveTo.TryGetValue(stage.Id, out var wanted) ? await db.Stages.AsNoTracking().SingleOrDefaultAsync(s => s.Id == wanted, ct) : null;
            if (to is not null && gone.Any(g => g.Id == to.Id))
                return Refusal.Invalid("stage.move_to", $"The opportunities of “{stage.Name}” cannot go to a stage that you delete too.", "Stages");
            if (to is null && await db.LiveOpportunities.CountAsync(o => o.StageId == stage.Id, ct) is > 0 and var cards)
                return Refusal.Invalid("stage.not_empty", $"{cards} {(cards == 1 ? "opportunity stands" : "opportunities stand")} in “{stage.Name}”. Say where they go before you delete it.", "Stages") with { About = stage.Id };
            to ??= kept.Count > 0 ? kept[0] : await db.Stages.AsNoTracking().FirstOrDefaultAsync(s => s.PipelineId != stage.PipelineId, ct);
            if (await db.Opportunities.AnyAsync(o => o.StageId == stage.Id, ct))
            {
                if (to is null)
                    return Refusal.Conflict("stage.needed", $"Deleted opportunities that can still come back stand in “{stage.Name}”. Keep at least one of the stages.");
                await mover.Move(stage, to, now, ct);
                boards.Add(to.PipelineId);
            }

            db.Stages.Remove(stage);
        }

        return null;
    }

    private static Refusal ChangedElsewhere => Refusal.Conflict("pipeline.changed_elsewhere", "This pipeline was changed in another window while you had it open. What you typed is still here, not saved yet.");
}

public static class KeepPipelineEndpoint
{
    public static void MapKeepPipeline(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/pipelines", async (KeepPipeline command, KeepPipelineHandler handler, PipelineBook book, CancellationToken ct) =>
            await Answer(await handler.Handle(command with { Id = null }, ct), book, created: true, ct))
            .RequirePermission("pipelines.edit").WithName("CreatePipeline");
        routes.MapPut("/api/v1/pipelines/{id:guid}", async (Guid id, KeepPipeline command, KeepPipelineHandler handler, PipelineBook book, CancellationToken ct) =>
            await Answer(await handler.Handle(command with { Id = id }, ct), book, created: false, ct))
            .RequirePermission("pipelines.edit").WithName("KeepPipeline");
    }

    private static async Task<IResult> Answer(Result<Guid> kept, PipelineBook book, bool created, CancellationToken ct)
    {
        if (kept.Refusal is { } refusal)
            return refusal.Problem();
        var view = (await book.All(ct)).First(p => p.Id == kept.Value);
        return created ? Results.Created($"/api/v1/pipelines/{view.Id}", view) : Results.Ok(view);
    }
}
