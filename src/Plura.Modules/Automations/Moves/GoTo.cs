using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Goes on at another step. Who goes round very often is slowed down: a circle that feeds itself would else never rest.</summary>
internal sealed class GoTo : IMove
{
    private const int Free = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(36);

    public StepKind Kind { get; } = new("go_to", "Go to another step", "corner-left-up", "Flow") { Fields = [new("step", "Which step", StepFields.Step)] };

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct)
    {
        var route = new Route(flow);
        return Task.FromResult(Target(step) is not { } target || target == step.Id || route.Step(target) is null ? "Choose the step at which it goes on."
            : route.ComesBack(target, step.Id) ? "From there it comes back here without a pause, again and again. Put a wait between."
            : null);
    }

    public string Say(FlowStep step, ThingNames names) => "Go to another step";

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var target = Target(crossing.Step)!.Value;
        return Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r =>
        {
            var earliest = r.BegunAt + (Pace * r.Pass);
            if (r.Pass >= Free && r.Awaits is null && earliest > crossing.Now)
                return crossing.Wait(r, StandingRun.Time, earliest);
            r.GoBackTo(target, crossing.Now);
            return new StepDone(r.Id, Outcomes.Went);
        })]);
    }

    internal static Guid? Target(FlowStep step) => Guid.TryParse(step.Settings["step"]?.ToString(), out var target) ? target : null;
}
