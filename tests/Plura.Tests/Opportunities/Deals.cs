using Microsoft.Extensions.DependencyInjection;
using Plura.Opportunities;
using Plura.Platform;

namespace Plura.Tests.Opportunities;

/// <summary>Pipelines and cards for tests, made through the public handlers.</summary>
internal static class Deals
{
    /// <summary>Four stages: the third asks for a value, the fourth for a value and a date; the first two wait three and seven days.</summary>
    public static async Task<(Guid Pipeline, Guid[] Stages)> Pipeline(this TestAccount account, string name = "Sales")
    {
        var made = await account.In(s => s.GetRequiredService<KeepPipelineHandler>().Handle(
            new KeepPipeline
            {
                Name = name,
                Stages =
                [
                    new() { Name = "New", Probability = 10, RottingDays = 3 },
                    new() { Name = "In touch", Color = "blue", Probability = 50, RottingDays = 7 },
                    new() { Name = "Offer sent", Color = "yellow", Probability = 80, Needs = ["value"] },
                    new() { Name = "Agreed", Color = "green", Probability = 90, Needs = ["value", "close_date"] },
                ],
            }, default));
        Assert.Null(made.Refusal);
        var view = (await account.Pipelines()).First(p => p.Id == made.Value);
        return (view.Id, [.. view.Stages.Select(s => s.Id)]);
    }

    /// <summary>From now on a stage asks for these.</summary>
    public static async Task StageAsks(this TestAccount account, Guid stage, params string[] needs)
    {
        var pipeline = (await account.Pipelines()).First(p => p.Stages.Any(s => s.Id == stage));
        var kept = await account.In(s => s.GetRequiredService<KeepPipelineHandler>().Handle(
            new KeepPipeline
            {
                Id = pipeline.Id,
                Version = pipeline.Version,
                Name = pipeline.Name,
                Stages = [.. pipeline.Stages.Select(p => new StageWish { Id = p.Id, Name = p.Name, Color = p.Color, Probability = p.Probability, RottingDays = p.RottingDays, Needs = [.. p.Id == stage ? needs : p.Needs] })],
            }, default));
        Assert.Null(kept.Refusal);
    }

    public static Task<IReadOnlyList<PipelineView>> Pipelines(this TestAccount account) => account.In(s => s.GetRequiredService<PipelineBook>().All(default));

    public static Task<Result<Guid>> TryOpportunity(this TestAccount account, CreateOpportunity command) =>
        account.In(s => s.GetRequiredService<CreateOpportunityHandler>().Handle(command, default));

    public static async Task<Guid> Opportunity(this TestAccount account, Guid contact, Guid stage, string name = "New roof", long? value = null, string? closeOn = null, Guid? owner = null)
    {
        var made = await account.TryOpportunity(new CreateOpportunity { Name = name, Contact = contact, Stage = stage, ValueMinor = value, CloseOn = closeOn, Owner = owner?.ToString() });
        Assert.Null(made.Refusal);
        return made.Value;
    }

    public static Task<OpportunityView?> Card(this TestAccount account, Guid id) => account.In(s => s.GetRequiredService<ReadOpportunity>().One(id, default));

    public static Task<Result> Move(this TestAccount account, Guid id, Guid stage, int? version = null) =>
        account.In(s => s.GetRequiredService<MoveOpportunityHandler>().Handle(new MoveOpportunity { Id = id, Stage = stage, Version = version }, default));

    public static Task<Result> Mark(this TestAccount account, Guid id, string status, string? reason = null) =>
        account.In(s => s.GetRequiredService<MarkOpportunityHandler>().Handle(new MarkOpportunity { Id = id, Status = status, Reason = reason }, default));

    public static Task<Result> Undo(this TestAccount account, Guid id, Guid? step = null) =>
        account.In(s => s.GetRequiredService<UndoMoveHandler>().Handle(new UndoMove { Id = id, Step = step }, default));

    public static Task<IReadOnlyList<BoardStage>?> Board(this TestAccount account, BoardView view) => account.In(s => s.GetRequiredService<ReadBoard>().Of(view, default));
}
