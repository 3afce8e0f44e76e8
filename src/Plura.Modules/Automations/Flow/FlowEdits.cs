namespace Plura.Automations;

/// <summary>Changes of a drawing, one at a time; each answers the drawing as it is then. What does not fit changes nothing.</summary>
public static class FlowEdits
{
    /// <summary>The first place of the flow; others are <c>after:{step}</c> and <c>in:{branch}</c>.</summary>
    public const string Start = "start";

    public static string After(Guid step) => $"after:{step}";

    public static string In(Guid branch) => $"in:{branch}";

    extension(Flow flow)
    {
        public FlowStep? Find(Guid? id) => flow.All.FirstOrDefault(s => s.Id == id);

        public Flow Put(FlowStep step, string place)
        {
            if (place == Start)
                return flow with { Steps = [step, .. flow.Steps] };
            if (place.Split(':') is not [var where, var text] || !Guid.TryParse(text, out var id))
                return flow;
            return where == "after"
                ? flow.With(list => list.SelectMany(s => s.Id == id ? (FlowStep[])[s, step] : [s]))
                : flow.With(list => list.Select(s => s.Branches is null ? s : s with { Branches = [.. s.Branches.Select(b => b.Id == id ? b with { Steps = [step, .. b.Steps] } : b)] }));
        }

        public Flow Change(Guid id, Func<FlowStep, FlowStep> change) => flow.With(list => list.Select(s => s.Id == id ? change(s) : s));

        /// <summary>With everything in its branches.</summary>
        public Flow Remove(Guid id) => flow.With(list => list.Where(s => s.Id != id));

        /// <summary>One place up or down among its neighbours.</summary>
        public Flow Move(Guid id, int by) => flow.With(list =>
        {
            var from = list.ToList().FindIndex(s => s.Id == id);
            if (from < 0 || from + by < 0 || from + by >= list.Count)
                return list;
            var moved = list.ToList();
            (moved[from], moved[from + by]) = (moved[from + by], moved[from]);
            return moved;
        });

        /// <summary>A further branch with a condition, before the last one for everybody who is left.</summary>
        public Flow AddBranch(Guid id, Guid branch) => flow.Change(id, s => s.Branches is not { Count: > 0 and < 10 } branches ? s
            : s with { Branches = [.. branches.SkipLast(1), new FlowBranch(branch, $"Branch {branches.Count}", [], []), branches[^1]] });

        public Flow ChangeBranch(Guid id, Guid branch, Func<FlowBranch, FlowBranch> change) =>
            flow.Change(id, s => s with { Branches = [.. (s.Branches ?? []).Select(b => b.Id == branch ? change(b) : b)] });

        /// <summary>With everything in it; the last two of a step stay.</summary>
        public Flow RemoveBranch(Guid id, Guid branch) =>
            flow.Change(id, s => s.Branches is { Count: > 2 } branches && branches[^1].Id != branch ? s with { Branches = [.. branches.Where(b => b.Id != branch)] } : s);
    }
}
