using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Takes each contact into the first branch whose condition is so, and everybody who is left into the last.</summary>
internal sealed class If(IConditions conditions) : IMove
{
    public StepKind Kind { get; } = new("if", "If", "arrows-split-2", "Flow");

    public IReadOnlyList<string> Branches { get; } = ["Yes", "Otherwise"];

    public bool AsksWho => true;

    public async Task<string?> Problem(FlowStep step, Flow flow, CancellationToken ct)
    {
        if (step.Branches is not { Count: > 1 } branches || branches[^1].Who is not null)
            return "It needs a branch with a condition, and a last one for everybody else.";
        foreach (var branch in branches.SkipLast(1))
        {
            if (branch.Who is not { Count: > 0 } who)
                return $"Say whom the branch “{branch.Name}” takes.";
            if (await conditions.Problem(who, ct) is { } problem)
                return $"The branch “{branch.Name}”: {problem}";
        }

        return null;
    }

    public string Say(FlowStep step, ThingNames names) => step.Branches is { Count: > 2 } branches ? $"If: one of {branches.Count} branches" : "If";

    public async Task<IReadOnlyList<StepDone>> Go(Crossing crossing, CancellationToken ct)
    {
        var done = new List<StepDone>(crossing.Runs.Count);
        var left = crossing.Runs;
        foreach (var branch in crossing.Step.Branches!)
        {
            IReadOnlySet<Guid>? fit = branch.Who is { } who ? (await conditions.Meet(who, [.. left.Select(r => r.ContactId).Distinct()], ct)).Value : null;
            done.AddRange(left.Where(r => fit?.Contains(r.ContactId) != false).Select(r => crossing.Into(r, branch)));
            left = fit is null ? [] : [.. left.Where(r => !fit.Contains(r.ContactId))];
            if (left.Count == 0)
                break;
        }

        return done;
    }
}
