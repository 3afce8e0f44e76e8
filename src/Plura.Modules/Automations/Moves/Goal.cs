using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>
/// What all before it was for. As soon as it happens to somebody who stands above, they come here at once and go on below; what lay between is not done any more.
/// </summary>
internal sealed class Goal(IEnumerable<TriggerKind> kinds) : IMove
{
    private const string Waits = "wait";
    private const string Ends = "end";

    public StepKind Kind { get; } = new(Word, "Goal", "target", "Flow")
    {
        Fields =
        [
            new("kind", "Reached when", StepFields.Happening),
            new("otherwise", "Who comes here without it", StepFields.Choice) { Choices = [("go_on", "Goes on"), (Waits, "Waits for it"), (Ends, "Ends here")] },
        ],
    };

    public const string Word = "goal";

    public Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct) => Task.FromResult(
        Known(step) is null ? "Choose what has to happen." : flow.Steps.All(s => s.Id != step.Id) ? "A goal stands in the main line, not in a branch." : null);

    public string Say(FlowStep step, ThingNames names) => Known(step) is { } kind ? $"Goal: {kind.Say(Thing(step), names)}" : "Goal";

    public string? Awaits(FlowStep step) => step.Settings["kind"]?.ToString();

    public static bool Reached(FlowStep step, string kind, Guid? thing) => step.Settings["kind"]?.ToString() == kind && (Thing(step) is not { } wanted || wanted == thing);

    public Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var (step, otherwise) = (crossing.Step, crossing.Step.Settings["otherwise"]?.ToString());
        return Task.FromResult<IReadOnlyList<StepDone>>([.. crossing.Runs.Select(r =>
        {
            if (r.Woken)
                return crossing.On(r) with { Outcome = Outcomes.Reached };
            if (otherwise == Waits)
                return crossing.Wait(r, Happened.Key(Awaits(step)!, Thing(step)), null);
            if (otherwise != Ends)
                return crossing.On(r);
            r.GoTo(null, crossing.Now);
            return new StepDone(r.Id, Outcomes.Went);
        })]);
    }

    private TriggerKind? Known(FlowStep step) => kinds.FirstOrDefault(k => k.Kind == Awaits(step));

    private static Guid? Thing(FlowStep step) => Guid.TryParse(step.Settings["thing"]?.ToString(), out var thing) ? thing : null;
}
