using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Waits until something happens to the contact; where a time is said, not longer than that.</summary>
internal sealed class WaitFor(IEnumerable<TriggerKind> kinds) : IMove
{
    public StepKind Kind { get; } = new("wait_for", "Wait until something happens", "hourglass", "Flow")
    {
        Fields = [new("kind", "Until what", StepFields.Happening), .. Span.Fields(optional: true)],
    };

    public IReadOnlyList<string> Branches { get; } = ["It happened", "Time ran out"];

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult(
        Known(step) is null ? "Choose what to wait for."
        : step.Branches is not { Count: 2 } ? "This step has two branches: it happened, and time ran out."
        : step.Settings["amount"]?.ToString() is { Length: > 0 } && Span.Read(step.Settings) is null ? "Say for how long at most: a whole number of minutes, hours, days or weeks. Leave it empty to wait for as long as it takes."
        : null);

    public string Say(FlowStep step, ThingNames names)
    {
        var what = Known(step) is { } kind ? kind.Say(Thing(step), names) : "something happens";
        return Span.Read(step.Settings) is { } span ? $"Wait until: {what}, for {span} at most" : $"Wait until: {what}";
    }

    public string? Awaits(FlowStep step) => step.Settings["kind"]?.ToString();

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var step = crossing.Step;
        var awaits = Happened.Key(Awaits(step)!, Thing(step));
        var until = Span.Read(step.Settings)?.After(crossing.Now, crossing.Zone);
        return Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r => r switch
        {
            { Awaits: null } => crossing.Wait(r, awaits, until),
            { Woken: true } => crossing.Into(r, step.Branches![0]),
            _ => crossing.Into(r, step.Branches![1]),
        })]);
    }

    private TriggerKind? Known(FlowStep step) => kinds.FirstOrDefault(k => k.Kind == Awaits(step));

    private static Guid? Thing(FlowStep step) => Guid.TryParse(step.Settings["thing"]?.ToString(), out var thing) ? thing : null;
}
