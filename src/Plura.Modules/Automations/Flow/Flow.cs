using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Plura.Automations;

/// <summary>What is drawn: what it begins with, and the steps from top to bottom. After the branches of a step, the steps below it follow.</summary>
public sealed record Flow
{
    public const int MostSteps = 200;
    public const int MostTriggers = 10;
    private const int Deepest = 10;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static readonly Flow Empty = new();

    public IReadOnlyList<FlowTrigger> Triggers { get; init; } = [];

    public IReadOnlyList<FlowStep> Steps { get; init; } = [];

    public string Again { get; init; } = Entries.Once;

    /// <summary>As soon as this happens to somebody in it, they are taken out: they wrote back, they bought. Null for nothing.</summary>
    public string? StopWhen { get; init; }

    /// <summary>At which hours its messages leave; null for at any time that the law allows.</summary>
    public Hours? Hours { get; init; }

    /// <summary>All steps, also those in branches, from top to bottom.</summary>
    [JsonIgnore]
    public IEnumerable<FlowStep> All => Steps.SelectMany(s => s.All);

    public string Json() => JsonSerializer.Serialize(this, Options);

    /// <summary>A flow of our own table.</summary>
    public static Flow Read(string json) => JsonSerializer.Deserialize<Flow>(json, Options) ?? throw new JsonException("A flow is an object.");

    /// <summary>A flow that somebody sends; null where it is none, or larger than a flow may be.</summary>
    public static Flow? TryRead(string json)
    {
        try
        {
            var flow = Read(json);
            var all = flow.All.ToList();
            return all.Count <= MostSteps && flow.Triggers.Count <= MostTriggers && all.Select(s => s.Id).Distinct().Count() == all.Count && flow.Steps.All(s => s.Depth <= Deepest) ? flow : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The same flow with the steps of each list exchanged, from the innermost outwards.</summary>
    public Flow With(Func<IReadOnlyList<FlowStep>, IEnumerable<FlowStep>> change) => this with { Steps = FlowStep.With(Steps, change) };
}

/// <summary>How often one contact may be in an automation.</summary>
public static class Entries
{
    public const string Once = "once";

    /// <summary>Again when they are through.</summary>
    public const string AfterEnd = "after_end";

    /// <summary>Each time, also while they are in it.</summary>
    public const string Always = "always";
}

/// <param name="Kind">As a <see cref="Contracts.TriggerKind"/> is called.</param>
/// <param name="Thing">Which tag, form, stage …; null for any.</param>
/// <param name="Who">Which contacts only, in the language of lists; null for all.</param>
public sealed record FlowTrigger(string Kind, Guid? Thing = null, JsonObject? Who = null);

/// <param name="Id">The same from version to version.</param>
/// <param name="Kind">As a <see cref="Contracts.StepKind"/> is called.</param>
/// <param name="Settings">What its form holds.</param>
public sealed record FlowStep(Guid Id, string Kind, JsonObject Settings)
{
    public IReadOnlyList<FlowBranch>? Branches { get; init; }

    [JsonIgnore]
    public IEnumerable<FlowStep> All => [this, .. (Branches ?? []).SelectMany(b => b.Steps.SelectMany(s => s.All))];

    [JsonIgnore]
    internal int Depth => 1 + (Branches ?? []).SelectMany(b => b.Steps).Select(s => s.Depth).DefaultIfEmpty(0).Max();

    internal static IReadOnlyList<FlowStep> With(IReadOnlyList<FlowStep> steps, Func<IReadOnlyList<FlowStep>, IEnumerable<FlowStep>> change) =>
        [.. change([.. steps.Select(s => s.Branches is null ? s : s with { Branches = [.. s.Branches.Select(b => b with { Steps = With(b.Steps, change) })] })])];
}

/// <param name="Id">The same from version to version.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Who">Whom it takes, in the language of lists; null for everybody who is left.</param>
/// <param name="Steps">From top to bottom.</param>
public sealed record FlowBranch(Guid Id, string Name, JsonObject? Who, IReadOnlyList<FlowStep> Steps);
