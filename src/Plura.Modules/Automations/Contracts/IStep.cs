using System.Text.Json.Nodes;
using Plura.Platform;

namespace Plura.Automations.Contracts;

/// <summary>
/// A kind of step. It is run for many contacts at once, inside the transaction that also moves them on: what it changes in the database and that it was done are one
/// commit, so nothing is done twice and nothing is lost, whenever a machine falls.
/// </summary>
public interface IStep
{
    StepKind Kind { get; }

    /// <summary>What is missing or wrong in its settings, as a sentence; null where nothing is.</summary>
    Task<string?> Problem(JsonObject settings, CancellationToken ct);

    /// <summary>What it does with these settings, for its card: "Add the tag “VIP”". Things are named by <paramref name="names"/>.</summary>
    string Say(JsonObject settings, ThingNames names);

    /// <summary>Once, when a version is published: stores what must not change any more and answers the settings that its runs get.</summary>
    Task<Result<JsonObject>> Publish(JsonObject settings, CancellationToken ct) => Task.FromResult<Result<JsonObject>>(settings);

    /// <summary>Does it, for each run that has come to it. Answers one outcome for each, in any order.</summary>
    Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct);
}

/// <param name="Kind">A stable word: <c>add_tag</c>.</param>
/// <param name="Text">In the user's words: "Add a tag".</param>
/// <param name="Icon">Its name among the outline icons.</param>
/// <param name="Group">Under which heading it is offered.</param>
public sealed record StepKind(string Kind, string Text, string Icon, string Group)
{
    /// <summary>It sends messages to contacts: an automation may say at which hours that happens.</summary>
    public bool Sends { get; init; }

    /// <summary>What its form asks for, in order.</summary>
    public IReadOnlyList<StepField> Fields { get; init; } = [];
}

/// <summary>One question of a step's form.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Label">As the form says it.</param>
/// <param name="Kind">See <see cref="StepFields"/>.</param>
public sealed record StepField(string Name, string Label, string Kind)
{
    /// <summary>Of <see cref="StepFields.Thing"/>: which kind of things.</summary>
    public string? Things { get; init; }

    /// <summary>Of <see cref="StepFields.Choice"/>: value and words.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];

    public string? Hint { get; init; }

    public bool Optional { get; init; }
}

/// <summary>How a setting is asked for.</summary>
public static class StepFields
{
    public const string Text = "text";
    public const string Long = "long";

    /// <summary>The body of a letter: paragraphs with merge fields.</summary>
    public const string Letter = "letter";
    public const string Number = "number";
    public const string Choice = "choice";

    /// <summary>The id of one thing of the account.</summary>
    public const string Thing = "thing";

    /// <summary>A kind of happening, and where it has things, which of them: two settings, the name of this and <c>thing</c>.</summary>
    public const string Happening = "happening";

    /// <summary>Another step of the same flow.</summary>
    public const string Step = "step";
}

/// <summary>Runs that have come to one step of one version.</summary>
/// <param name="AutomationId">Of which automation.</param>
/// <param name="StepId">The step: it keeps its id from version to version.</param>
/// <param name="Settings">As <see cref="IStep.Publish"/> answered them.</param>
/// <param name="Runs">At least one, of different contacts or different entries.</param>
/// <param name="Now">What the engine's clock says.</param>
public sealed record StepBatch(Guid AutomationId, Guid StepId, JsonObject Settings, IReadOnlyList<StepRun> Runs, DateTimeOffset Now)
{
    /// <summary>Takes the next so many turns of this step and answers the number of the first: what goes round among several goes on where it stood. Others wait until the turn's end.</summary>
    public required Func<int, CancellationToken, Task<long>> Turns { get; init; }
}

/// <param name="RunId">The run.</param>
/// <param name="ContactId">Whom it concerns.</param>
/// <param name="Entry">Which time the contact is in the automation, from 1.</param>
/// <param name="Pass">How often the run went back, from 0. With entry and contact it says which visit of the step this is, so that what another system is given can be told apart.</param>
public sealed record StepRun(Guid RunId, Guid ContactId, int Entry, int Pass);

/// <summary>What a step did for one run.</summary>
/// <param name="Outcome">A stable word for the run's history: <c>done</c>, <c>was_so</c>, <c>planned</c>, <c>no_address</c> …</param>
/// <param name="Detail">Ids and words for the history, never what somebody wrote; null for none.</param>
public sealed record StepDone(Guid RunId, string Outcome, JsonObject? Detail = null);

/// <summary>The names of things that flows hold by id.</summary>
public sealed class ThingNames(IReadOnlyDictionary<(string Kind, Guid Id), string> names)
{
    /// <summary>The name in quotation marks, or a sentence's part that says that it is missing.</summary>
    public string Of(string kind, JsonNode? id) => Name(kind, id) is { } name ? $"“{name}”" : "(not chosen)";

    /// <summary>The name alone; null where there is none.</summary>
    public string? Name(string kind, JsonNode? id) => Guid.TryParse(id?.ToString(), out var thing) ? names.GetValueOrDefault((kind, thing)) : null;

    public bool Has(string kind, JsonNode? id) => Name(kind, id) is not null;
}
