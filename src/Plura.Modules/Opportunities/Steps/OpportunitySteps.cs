using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>What steps about opportunities have in common: each does to every contact who comes by what a person would do on the board, by the same handler.</summary>
public abstract class OpportunitySteps(PluraDb db)
{
    protected static string Text(JsonObject settings, string name) => settings[name]?.ToString().Trim() ?? "";

    protected static Guid? Stage(JsonObject settings) => Guid.TryParse(settings["stage"]?.ToString(), out var id) ? id : null;

    protected async Task<string?> NoStage(JsonObject settings, CancellationToken ct) => Stage(settings) is { } stage && (await db.FindStage(stage, ct)).Ok ? null : "Choose a stage.";

    /// <summary>The contact's newest that is open; of one pipeline where a stage of it is named.</summary>
    protected async Task<Guid?> Newest(Guid contact, Guid? stage, CancellationToken ct)
    {
        var stages = db.Stages;
        return await db.LiveOpportunities.AsNoTracking()
            .Where(o => o.ContactId == contact && o.Status == Statuses.Open && (stage == null || stages.Any(s => s.Id == stage && s.PipelineId == o.PipelineId)))
            .OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>One after the other. What is refused for one is told in their history, and leaves no change behind.</summary>
    protected async Task<IReadOnlyList<StepDone>> Each(StepBatch batch, Func<StepRun, Task<(Refusal? Refusal, Guid? Opportunity)>> act)
    {
        var done = new List<StepDone>(batch.Runs.Count);
        foreach (var run in batch.Runs)
        {
            var (refusal, opportunity) = await act(run);
            db.ChangeTracker.Clear();
            done.Add(refusal is not null ? new StepDone(run.RunId, "refused", new JsonObject { ["why"] = refusal.Text })
                : opportunity is { } id ? new StepDone(run.RunId, "done", new JsonObject { ["opportunity"] = id.ToString() }) : new StepDone(run.RunId, "no_opportunity"));
        }

        return done;
    }
}

internal sealed class AddOpportunityStep(PluraDb db, CreateOpportunityHandler create) : OpportunitySteps(db), IStep
{
    public StepKind Kind { get; } = new("add_opportunity", "Add an opportunity", "layout-kanban", "Opportunities")
    {
        Fields = [new("name", "Its name", StepFields.Text), new("stage", "In which stage", StepFields.Thing) { Things = OpportunityTriggerKinds.Stages }, new("value", "Value", StepFields.Text) { Optional = true, Hint = "For example 250.00" }],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        Text(settings, "name") is not { Length: > 0 and <= Opportunity.LongestName } ? "Give it a name, in 120 characters at most." : await NoStage(settings, ct);

    public string Say(JsonObject settings, ThingNames names) => $"Add the opportunity “{Text(settings, "name")}” in {names.Of(OpportunityTriggerKinds.Stages, settings["stage"])}";

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Each(batch, async run =>
    {
        var made = await create.Handle(new CreateOpportunity { Name = Text(batch.Settings, "name"), Contact = run.ContactId, Stage = Stage(batch.Settings), Value = Text(batch.Settings, "value") is { Length: > 0 } value ? value : null, Source = "Automation" }, ct);
        return (made.Refusal, made.Ok ? made.Value : null);
    });
}

internal sealed class MoveOpportunityStep(PluraDb db, MoveOpportunityHandler move) : OpportunitySteps(db), IStep
{
    public StepKind Kind { get; } = new("move_opportunity", "Move their opportunity", "arrow-right", "Opportunities")
    {
        Fields = [new("stage", "To which stage", StepFields.Thing) { Things = OpportunityTriggerKinds.Stages, Hint = "It moves their newest opportunity that is open in this pipeline." }],
    };

    public Task<string?> Problem(JsonObject settings, CancellationToken ct) => NoStage(settings, ct);

    public string Say(JsonObject settings, ThingNames names) => $"Move their opportunity to {names.Of(OpportunityTriggerKinds.Stages, settings["stage"])}";

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Each(batch, async run =>
    {
        var newest = await Newest(run.ContactId, Stage(batch.Settings), ct);
        return (newest is { } id ? (await move.Handle(new MoveOpportunity { Id = id, Stage = Stage(batch.Settings) }, ct)).Refusal : null, newest);
    });
}

internal sealed class MarkOpportunityStep(PluraDb db, MarkOpportunityHandler mark) : OpportunitySteps(db), IStep
{
    public StepKind Kind { get; } = new("mark_opportunity", "Close their opportunity", "circle-check", "Opportunities")
    {
        Fields =
        [
            new("status", "How it ended", StepFields.Choice) { Choices = [(Statuses.Won, "Won"), (Statuses.Lost, "Lost"), (Statuses.Abandoned, "Given up")] },
            new("reason", "Why", StepFields.Text) { Optional = true, Hint = "For lost and given up. It closes their newest opportunity that is open." },
        ],
    };

    public Task<string?> Problem(JsonObject settings, CancellationToken ct) => Task.FromResult(Command(settings, Guid.Empty).Invalid()?.Text);

    public string Say(JsonObject settings, ThingNames names) => $"Close their opportunity: {Statuses.Words(Command(settings, Guid.Empty).Status).ToLowerInvariant()}";

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Each(batch, async run =>
    {
        var newest = await Newest(run.ContactId, stage: null, ct);
        return (newest is { } id ? (await mark.Handle(Command(batch.Settings, id), ct)).Refusal : null, newest);
    });

    private static MarkOpportunity Command(JsonObject settings, Guid id) => new() { Id = id, Status = Text(settings, "status") is { Length: > 0 } status ? status : Statuses.Won, Reason = Text(settings, "reason") is { Length: > 0 } why ? why : null };
}
