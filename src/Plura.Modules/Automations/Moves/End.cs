using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Here it is over for whoever comes to it, also in the middle of a flow.</summary>
internal sealed class End : IMove
{
    public StepKind Kind { get; } = new("end", "End here", "player-stop", "Flow");

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult<string?>(null);

    public string Say(FlowStep step, ThingNames names) => "End here";

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct) => Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r =>
    {
        r.GoTo(null, crossing.Now);
        return new StepDone(r.Id, Outcomes.Went);
    })]);
}
