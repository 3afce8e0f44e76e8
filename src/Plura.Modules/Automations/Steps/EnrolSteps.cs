using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Takes those who come by into another automation.</summary>
internal sealed class AddToAutomationStep(PluraDb db, IEnrolment enrolment) : IStep
{
    public StepKind Kind { get; } = new("add_to_automation", "Put into another automation", "login-2", "Flow") { Fields = [new("automation", "Which automation", StepFields.Thing) { Things = AutomationThings.Word }] };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        AutomationThings.Read(settings) is { } id && (await db.FindAutomation(id, ct)).Ok ? null : "Choose an automation.";

    public string Say(JsonObject settings, ThingNames names) => $"Put into the automation {names.Of(AutomationThings.Word, settings["automation"])}";

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        var into = AutomationThings.Read(batch.Settings)!.Value;
        var taken = (await enrolment.TakeIn(into, [.. batch.Runs.Select(r => r.ContactId).Distinct()], new Cause(Cause.Automation, batch.AutomationId), ct)).ToLookup(t => t.ContactId);
        return [.. batch.Runs.Select(r => taken[r.ContactId].FirstOrDefault() is { } begun ? new StepDone(r.RunId, "done", new JsonObject { ["run"] = begun.RunId.ToString() }) : new StepDone(r.RunId, "not_taken_in"))];
    }
}

/// <summary>Takes those who come by out of another automation, or of all others.</summary>
internal sealed class RemoveFromAutomationStep(PluraDb db, IEnrolment enrolment) : IStep
{
    public StepKind Kind { get; } = new("remove_from_automation", "Take out of other automations", "logout-2", "Flow")
    {
        Fields = [new("automation", "Which automation", StepFields.Thing) { Things = AutomationThings.Word, Optional = true, Hint = "Choose none to take them out of all others." }],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        AutomationThings.Read(settings) is { } id && !(await db.FindAutomation(id, ct)).Ok ? "This automation does not exist any more. Choose another." : null;

    public string Say(JsonObject settings, ThingNames names) =>
        AutomationThings.Read(settings) is null ? "Take out of all other automations" : $"Take out of the automation {names.Of(AutomationThings.Word, settings["automation"])}";

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        Guid[] contacts = [.. batch.Runs.Select(r => r.ContactId).Distinct()];
        var taken = (AutomationThings.Read(batch.Settings) is { } one ? await enrolment.TakeOut(one, contacts, ct) : await enrolment.TakeOutOfOthers(batch.AutomationId, contacts, ct)).Select(t => t.ContactId).ToHashSet();
        return [.. batch.Runs.Select(r => new StepDone(r.RunId, taken.Contains(r.ContactId) ? "done" : "was_so"))];
    }
}

/// <summary>The account's automations, for steps.</summary>
internal sealed class AutomationThings(PluraDb db) : IThings
{
    public const string Word = "automation";

    public string Kind => Word;

    public static Guid? Read(JsonObject settings) => Guid.TryParse(settings[Word]?.ToString(), out var id) ? id : null;

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) =>
        await db.Automations.AsNoTracking().Where(a => a.DeletedAt == null).OrderBy(a => a.Name).Select(a => new Thing(a.Id, a.Name)).ToListAsync(ct);
}
