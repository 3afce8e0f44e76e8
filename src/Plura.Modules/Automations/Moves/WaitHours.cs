using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Lets contacts pass at certain hours; whoever comes at another time waits for the next.</summary>
internal sealed class WaitHours : IMove
{
    public StepKind Kind { get; } = new("wait_hours", "Wait for a time of day", "clock-hour-9", "Flow") { Fields = Hours.Fields };

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult(Hours.Read(step.Settings) is null ? Hours.Wrong : null);

    public string Say(FlowStep step, ThingNames names) => Hours.Read(step.Settings) is { } hours ? $"Go on {(hours.Days == "all" ? "between " : "")}{hours}" : "Wait for a time of day";

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var opens = Hours.Read(crossing.Step.Settings)!.Opens(crossing.Now, crossing.Zone);
        return Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r => opens is { } at ? crossing.Wait(r, StandingRun.Time, at) : crossing.On(r))]);
    }
}
