using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Waits for a span of time.</summary>
internal sealed class Wait : IMove
{
    public StepKind Kind { get; } = new("wait", "Wait", "clock", "Flow") { Fields = Span.Fields(optional: false) };

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) =>
        Task.FromResult(Span.Read(step.Settings) is null ? "Say how long to wait: a whole number of minutes, hours, days or weeks." : null);

    public string Say(FlowStep step, ThingNames names) => Span.Read(step.Settings) is { } span ? $"Wait {span}" : "Wait";

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var until = Span.Read(crossing.Step.Settings)!.After(crossing.Now, crossing.Zone);
        return Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r => r.Awaits is null ? crossing.Wait(r, StandingRun.Time, until) : crossing.On(r))]);
    }
}
