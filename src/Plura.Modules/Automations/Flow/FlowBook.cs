using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>What is wrong with a flow: where, and as a sentence.</summary>
/// <param name="StepId">Null where it concerns what the flow begins with.</param>
public sealed record FlowProblem(Guid? StepId, string Text);

/// <summary>All that flows are made of: kinds of steps and triggers with their words, and what is wrong with a drawing.</summary>
public sealed class FlowBook(IEnumerable<IStep> steps, IEnumerable<IMove> moves, IEnumerable<TriggerKind> triggers, IEnumerable<IThings> things, IConditions conditions)
{
    private Dictionary<string, IReadOnlyList<Thing>>? known;

    public IReadOnlyList<StepKind> Kinds => [.. steps.Select(s => s.Kind).Concat(moves.Select(m => m.Kind))];

    public IReadOnlyList<TriggerKind> Triggers => [.. triggers];

    public StepKind? Kind(string kind) => Kinds.FirstOrDefault(k => k.Kind == kind);

    public IMove? Move(string kind) => moves.FirstOrDefault(m => m.Kind.Kind == kind);

    public TriggerKind? Trigger(string? kind) => triggers.FirstOrDefault(t => t.Kind == kind);

    /// <summary>A step with nothing set yet, and the branches that its kind comes with.</summary>
    public FlowStep? New(string kind, DateTimeOffset now) => Kind(kind) is null ? null : new FlowStep(Guid.CreateVersion7(now), kind, [])
    {
        Branches = Move(kind)?.Branches is { Count: > 0 } names
            ? [.. names.Select((name, at) => new FlowBranch(Guid.CreateVersion7(now), name, Move(kind)!.AsksWho && at < names.Count - 1 ? [] : null, []))] : null,
    };

    /// <summary>Everything of the account that flows can name, by its kind.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Thing>>> Things(CancellationToken ct)
    {
        if (known is not null)
            return known;
        known = new(StringComparer.Ordinal);
        foreach (var kind in things)
            known[kind.Kind] = await kind.All(ct);
        return known;
    }

    public async Task<ThingNames> Names(CancellationToken ct) =>
        new((await Things(ct)).SelectMany(k => k.Value.Select(t => (k.Key, t))).DistinctBy(t => (t.Key, t.t.Id)).ToDictionary(t => (t.Key, t.t.Id), t => t.t.Name));

    public string Say(FlowStep step, ThingNames names) =>
        Move(step.Kind)?.Say(step, names) ?? steps.FirstOrDefault(s => s.Kind.Kind == step.Kind)?.Say(step.Settings, names) ?? "A step that this version does not know";

    public string Say(FlowTrigger trigger, ThingNames names) => Trigger(trigger.Kind)?.Say(trigger.Thing, names) ?? "Something that this version does not know";

    /// <summary>All that must be put right before it can run, from top to bottom.</summary>
    public async Task<IReadOnlyList<FlowProblem>> Problems(Flow flow, CancellationToken ct)
    {
        var found = new List<FlowProblem>();
        if (flow.Triggers.Count == 0)
            found.Add(new(null, "Choose what it begins with."));
        if (flow.Hours is { CanBe: false })
            found.Add(new(null, Hours.Wrong));
        if (flow.StopWhen is { } stop && Trigger(stop) is null)
            found.Add(new(null, "It stops when something happens that this version does not know."));
        var names = await Names(ct);
        foreach (var trigger in flow.Triggers)
        {
            if (Trigger(trigger.Kind) is not { } kind)
                found.Add(new(null, "It begins with something that this version does not know."));
            else if (trigger.Thing is { } thing && (kind.Things is null || !names.Has(kind.Things, thing.ToString())))
                found.Add(new(null, $"“{kind.Text}”: what was chosen for it is not there any more."));
            else if (trigger.Who is { Count: > 0 } who && await conditions.Problem(who, ct) is { } problem)
                found.Add(new(null, $"“{kind.Text}”: {problem}"));
        }

        if (flow.Steps.Count == 0)
            found.Add(new(null, "Add a step: what is to happen then."));
        foreach (var step in flow.All)
        {
            if (await Problem(step, flow, ct) is { } problem)
                found.Add(new(step.Id, problem));
        }

        return found;
    }

    /// <summary>The flow as its runs get it: each step with what it stored for them.</summary>
    public async Task<Result<Flow>> Publish(Flow flow, CancellationToken ct)
    {
        var ready = new Dictionary<Guid, JsonObject>();
        foreach (var step in flow.All)
        {
            if (steps.FirstOrDefault(s => s.Kind.Kind == step.Kind) is not { } kind)
                continue;
            var settings = await kind.Publish(step.Settings.DeepClone().AsObject(), ct);
            if (settings.Refusal is { } refusal)
                return Refusal.Invalid("automation.step", refusal.Text, step.Id.ToString());
            ready[step.Id] = settings.Value;
        }

        return flow.With(list => list.Select(s => ready.TryGetValue(s.Id, out var settings) ? s with { Settings = settings } : s));
    }

    /// <summary>For which happenings its runs may wait.</summary>
    public IEnumerable<string> Awaited(Flow flow) => flow.All.Select(s => Move(s.Kind)?.Awaits(s)).Append(flow.StopWhen).OfType<string>();

    private async Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct)
    {
        if (Move(step.Kind) is { } move)
            return await move.Problem(step, flow, ct);
        var act = steps.FirstOrDefault(s => s.Kind.Kind == step.Kind);
        return act is null ? "This version does not know this kind of step. Remove it." : await act.Problem(step.Settings, ct);
    }
}
