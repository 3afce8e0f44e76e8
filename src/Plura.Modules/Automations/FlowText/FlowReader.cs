using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>
/// Reads an automation from text. Every step gets an id of its own. A name that the account does not have is made where that means nothing else (tags); else it stays open,
/// and the drawing says so where it is missing.
/// </summary>
public sealed class FlowReader(FlowBook book, IEnumerable<IThings> things, TimeProvider clock)
{
    public const int Longest = 200_000;
    private readonly Dictionary<string, Guid> labels = new(StringComparer.Ordinal);
    private Refusal? wrong;

    public async Task<Result<(string Name, Flow Flow)>> Read(string text, CancellationToken ct)
    {
        if (text.Length is 0 or > Longest)
            return Wrong("This is no automation: paste the whole text of one.");
        var read = Yaml.Read(text);
        if (read.Refusal is { } unreadable)
            return unreadable;
        if (read.Value is not JsonObject root || root["automation"]?.ToString().Trim() is not { Length: > 0 and <= Data.Automation.LongestName } name)
            return Wrong("The text of an automation begins with “automation:” and its name.");
        if (root.Select(p => p.Key).Except(["automation", "about", "again", "stop_when", "hours", "begins", "steps"]).FirstOrDefault() is { } unknown)
            return Wrong($"“{unknown}” has no meaning at the beginning of an automation.");
        var flow = new Flow
        {
            Again = root["again"]?.ToString() is Entries.Always or Entries.AfterEnd ? root["again"]!.ToString() : Entries.Once,
            StopWhen = root["stop_when"]?.ToString(),
            Hours = root["hours"] is JsonObject hours ? new Hours(hours["days"]?.ToString() ?? "all", hours["from"]?.ToString() ?? "", hours["to"]?.ToString() ?? "") : null,
            Triggers = await Triggers(root["begins"], ct),
            Steps = await Steps(root["steps"], ct),
        };
        flow = flow.With(list => list.Select(Labelled));
        if (wrong is not null)
            return wrong;
        return Flow.TryRead(flow.Json()) is { } fit ? (name, fit) : Wrong($"This flow is larger than one may be: {Flow.MostSteps} steps.");
    }

    private async Task<IReadOnlyList<FlowTrigger>> Triggers(JsonNode? node, CancellationToken ct)
    {
        var triggers = new List<FlowTrigger>();
        foreach (var one in List(node, "begins"))
        {
            if (book.Trigger(one["when"]?.ToString()) is not { } kind)
                wrong ??= Wrong($"Nothing that an automation can begin with is called “{one["when"]}”.");
            else
                triggers.Add(new FlowTrigger(kind.Kind, await Thing(kind.Things, one["thing"]?.ToString(), ct), one["who"]?.DeepClone() as JsonObject));
        }

        return triggers;
    }

    private async Task<IReadOnlyList<FlowStep>> Steps(JsonNode? node, CancellationToken ct)
    {
        var steps = new List<FlowStep>();
        foreach (var one in List(node, "steps"))
        {
            var words = one.Select(p => p.Key).Except(["label", "branches"]).ToList();
            if (words is not [var kind] || book.New(kind, clock.GetUtcNow()) is not { } step)
            {
                wrong ??= Wrong($"No step is called “{string.Join("” and “", words)}”.");
                continue;
            }

            if (one["label"]?.ToString() is { } label && !labels.TryAdd(label, step.Id))
                wrong ??= Wrong($"Two steps have the label “{label}”.");
            var settings = new JsonObject();
            foreach (var (key, value) in one[kind] as JsonObject ?? [])
                settings[key] = await Setting(kind, key, value?.ToString() ?? "", (one[kind] as JsonObject)!["kind"]?.ToString(), ct);
            steps.Add(step with { Settings = settings, Branches = one["branches"] is null ? step.Branches : await Branches(one["branches"], ct) });
        }

        return steps;
    }

    private async Task<IReadOnlyList<FlowBranch>> Branches(JsonNode? node, CancellationToken ct)
    {
        var branches = new List<FlowBranch>();
        foreach (var one in List(node, "branches"))
            branches.Add(new FlowBranch(Guid.CreateVersion7(clock.GetUtcNow()), one["name"]?.ToString() ?? "", one["who"]?.DeepClone() as JsonObject, await Steps(one["steps"], ct)));
        return branches;
    }

    private async Task<string> Setting(string kind, string key, string value, string? happening, CancellationToken ct)
    {
        var field = book.Kind(kind)!.Fields.FirstOrDefault(f => f.Name == key);
        var of = field?.Kind == StepFields.Thing ? field.Things : key == "thing" ? book.Trigger(happening)?.Things : null;
        return of is null ? value : (await Thing(of, value, ct))?.ToString() ?? "";
    }

    private async Task<Guid?> Thing(string? of, string? name, CancellationToken ct)
    {
        if (of is null || string.IsNullOrEmpty(name))
            return null;
        var known = (await book.Things(ct)).GetValueOrDefault(of, []);
        return known.FirstOrDefault(t => t.Id.ToString() == name || string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase))?.Id
            ?? (things.FirstOrDefault(t => t.Kind == of) is { } maker ? await maker.Make(name, ct) : null);
    }

    /// <summary>Steps that go to a label go to its step.</summary>
    private FlowStep Labelled(FlowStep step)
    {
        foreach (var field in book.Kind(step.Kind)!.Fields.Where(f => f.Kind == StepFields.Step))
        {
            if (step.Settings[field.Name]?.ToString() is { } label && labels.TryGetValue(label, out var target))
                step.Settings[field.Name] = target.ToString();
        }

        return step;
    }

    private IEnumerable<JsonObject> List(JsonNode? node, string word)
    {
        if (node is not (null or JsonArray) || (node is JsonArray all && all.Any(n => n is not JsonObject)))
            wrong ??= Wrong($"Below “{word}:” stands a list.");
        return (node as JsonArray ?? []).OfType<JsonObject>();
    }

    private static Refusal Wrong(string text) => Refusal.Invalid("automation.text", text, "Text");
}
