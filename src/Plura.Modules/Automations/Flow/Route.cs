namespace Plura.Automations;

/// <summary>A flow made ready to be walked: each step by its id, and what comes after it.</summary>
public sealed class Route
{
    private readonly Dictionary<Guid, FlowStep> steps = [];
    private readonly Dictionary<Guid, Guid?> after = [];

    public Route(Flow flow)
    {
        Flow = flow;
        First = Walk(flow.Steps, null);
        Goals = [.. flow.Steps.Where(s => s.Kind == Goal.Word)];
    }

    private IReadOnlyList<FlowStep> Goals { get; }

    public Flow Flow { get; }

    public Guid? First { get; }

    /// <summary>The step; null where no version has it.</summary>
    public FlowStep? Step(Guid id) => steps.GetValueOrDefault(id);

    /// <summary>What follows when a step is through: its neighbour below, or what follows the step in whose branch it stands. Null is the end.</summary>
    public Guid? After(Guid step) => after[step];

    /// <summary>Where a branch begins: with its first step, or with what follows its step.</summary>
    public Guid? Into(FlowBranch branch, Guid step) => branch.Steps.Count > 0 ? branch.Steps[0].Id : after[step];

    /// <summary>Whether somebody who goes on at a step may come to the other one without ever having waited.</summary>
    public bool ComesBack(Guid from, Guid to)
    {
        var seen = new HashSet<Guid>();
        var open = new Stack<Guid?>([from]);
        while (open.TryPop(out var next))
        {
            if (next is not { } id || !steps.TryGetValue(id, out var step) || !seen.Add(id))
                continue;
            if (id == to)
                return true;
            if (step.Kind is "wait" or "wait_for" or "end")
                continue;
            if (step.Kind == "go_to")
                open.Push(GoTo.Target(step));
            else if (step.Branches is { Count: > 0 } branches)
                branches.ToList().ForEach(b => open.Push(Into(b, id)));
            else
                open.Push(after[id]);
        }

        return false;
    }

    /// <summary>The goals that lie below a step.</summary>
    public IEnumerable<FlowStep> GoalsAfter(Guid step) => Goals.Count == 0 ? [] : Flow.All.SkipWhile(s => s.Id != step).Skip(1).Where(Goals.Contains);

    private Guid? Walk(IReadOnlyList<FlowStep> list, Guid? then)
    {
        for (var at = 0; at < list.Count; at++)
        {
            var step = list[at];
            steps.Add(step.Id, step);
            var next = at + 1 < list.Count ? list[at + 1].Id : then;
            after.Add(step.Id, next);
            foreach (var branch in step.Branches ?? [])
                Walk(branch.Steps, next);
        }

        return list.Count > 0 ? list[0].Id : then;
    }
}
