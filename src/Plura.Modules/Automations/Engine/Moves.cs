using System.Globalization;
using System.Text.Json.Nodes;
using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>A kind of step that changes nothing outside its run: it says when and where the run goes on.</summary>
public interface IMove
{
    StepKind Kind { get; }

    /// <summary>Under which names it has branches when it is put into a flow; none for most.</summary>
    IReadOnlyList<string> Branches => [];

    /// <summary>People may add branches and say whom each takes; else the branches are those that it came with.</summary>
    bool AsksWho => false;

    Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct);

    string Say(FlowStep step, ThingNames names);

    /// <summary>For which happening runs may wait here; null for none.</summary>
    string? Awaits(FlowStep step) => null;

    /// <summary>Moves each run, and answers the word and detail for its history.</summary>
    Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct);
}

/// <summary>Runs that stand before one step that moves them.</summary>
/// <param name="AutomationId">Of which automation.</param>
/// <param name="Step">The step.</param>
/// <param name="Route">Of their version.</param>
/// <param name="Runs">At least one.</param>
/// <param name="Zone">Of the account: days and times of day are meant there.</param>
/// <param name="Now">What the engine's clock says.</param>
public sealed record Crossing(Guid AutomationId, FlowStep Step, Route Route, IReadOnlyList<StandingRun> Runs, TimeZoneInfo Zone, DateTimeOffset Now)
{
    /// <summary>On to what follows.</summary>
    public StepDone On(StandingRun run, JsonObject? detail = null)
    {
        run.GoTo(Route.After(Step.Id), Now);
        return new StepDone(run.Id, Outcomes.Went, detail);
    }

    /// <summary>Into a branch.</summary>
    public StepDone Into(StandingRun run, FlowBranch branch)
    {
        run.GoTo(Route.Into(branch, Step.Id), Now);
        return new StepDone(run.Id, Outcomes.Went, new JsonObject { ["branch"] = branch.Id.ToString(), ["name"] = branch.Name });
    }

    public StepDone Wait(StandingRun run, string awaits, DateTimeOffset? until)
    {
        run.Wait(awaits, until);
        return Waits(run.Id, until);
    }

    /// <summary>What the history says of it.</summary>
    public static StepDone Waits(Guid run, DateTimeOffset? until) =>
        new(run, Outcomes.Waits, until is { } time ? new JsonObject { ["until"] = time.ToString("O", CultureInfo.InvariantCulture) } : null);
}
