using System.Text.Json.Nodes;
using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>An automation as text: things by their names, steps by labels where another goes there. What it writes, <see cref="FlowReader"/> reads as the same flow.</summary>
public sealed class FlowWriter(FlowBook book)
{
    public async Task<string> Write(string name, Flow flow, CancellationToken ct)
    {
        var names = await book.Names(ct);
        var labels = flow.All.Where(s => s.Kind == "go_to").Select(s => GoTo.Target(s)).OfType<Guid>().Distinct().Select((id, n) => (id, label: $"step {n + 1}")).ToDictionary(l => l.id, l => l.label);
        var root = new JsonObject { ["automation"] = name };
        if (flow.Again != Entries.Once)
            root["again"] = flow.Again;
        if (flow.StopWhen is { } stop)
            root["stop_when"] = stop;
        if (flow.Hours is { } hours)
            root["hours"] = new JsonObject { ["days"] = hours.Days, ["from"] = hours.From, ["to"] = hours.To };
        root["begins"] = new JsonArray([.. flow.Triggers.Select(t => Trigger(t, names))]);
        root["steps"] = Steps(flow.Steps);
        return Yaml.Write(root);

        JsonArray Steps(IReadOnlyList<FlowStep> steps) => new([.. steps.Select(Step)]);

        JsonObject Step(FlowStep step)
        {
            var settings = new JsonObject();
            foreach (var (key, value) in step.Settings)
                settings[key] = Setting(step, key, value?.ToString() ?? "", names, labels);
            var written = new JsonObject { [step.Kind] = settings };
            if (labels.TryGetValue(step.Id, out var label))
                written["label"] = label;
            if (step.Branches is { } branches)
                written["branches"] = new JsonArray([.. branches.Select(Branch)]);
            return written;
        }

        JsonNode Branch(FlowBranch branch)
        {
            var written = new JsonObject { ["name"] = branch.Name };
            if (branch.Who is { } who)
                written["who"] = who.DeepClone();
            written["steps"] = Steps(branch.Steps);
            return written;
        }
    }

    private JsonNode Trigger(FlowTrigger trigger, ThingNames names)
    {
        var written = new JsonObject { ["when"] = trigger.Kind };
        if (trigger.Thing is { } thing)
            written["thing"] = Named(names, book.Trigger(trigger.Kind)?.Things, thing.ToString());
        if (trigger.Who is { Count: > 0 } who)
            written["who"] = who.DeepClone();
        return written;
    }

    private string Setting(FlowStep step, string key, string value, ThingNames names, Dictionary<Guid, string> labels)
    {
        var field = book.Kind(step.Kind)?.Fields.FirstOrDefault(f => f.Name == key);
        if (field?.Kind == StepFields.Step)
            return Guid.TryParse(value, out var target) && labels.TryGetValue(target, out var label) ? label : value;
        var things = field?.Kind == StepFields.Thing ? field.Things : key == "thing" ? book.Trigger(step.Settings["kind"]?.ToString())?.Things : null;
        return Named(names, things, value);
    }

    private static string Named(ThingNames names, string? things, string id) => (things is null ? null : names.Name(things, id)) ?? id;
}
