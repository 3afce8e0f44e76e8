using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>Gives contacts to one person, or to everybody in turn.</summary>
internal sealed class AssignStep(Assignees assignees, BulkAssign bulk, LiveContacts live) : IStep
{
    private const string InTurn = "turn";
    private const string Nobodys = "nobodys";

    public StepKind Kind { get; } = new("assign", "Give to somebody", "user-check", "Contacts")
    {
        Fields =
        [
            new("to", "To whom", StepFields.Choice) { Choices = [("person", "To one person"), (InTurn, "To everybody of the account in turn")] },
            new("person", "Which person", StepFields.Thing) { Things = PersonThings.Word, Optional = true },
            new("only", "Whose contacts", StepFields.Choice) { Choices = [(Nobodys, "Only contacts of nobody"), ("all", "All, whoever has them now")] },
        ],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        settings["to"]?.ToString() == InTurn || await Person(settings, ct) is not null ? null : "Choose who gets them.";

    public string Say(JsonObject settings, ThingNames names) =>
        settings["to"]?.ToString() == InTurn ? "Give to everybody in turn" : $"Give to {names.Name(PersonThings.Word, settings["person"]) ?? "somebody"}";

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        var people = batch.Settings["to"]?.ToString() == InTurn ? await assignees.Everybody(ct) : await Person(batch.Settings, ct) is { } one ? [one] : [];
        if (people.Count == 0)
            return [.. batch.Runs.Select(r => new StepDone(r.RunId, "person_gone"))];
        Guid[] contacts = [.. batch.Runs.Select(r => r.ContactId).Distinct().Order()];
        if (batch.Settings["only"]?.ToString() != "all")
            contacts = await assignees.Nobodys(contacts, ct);
        var first = people.Count > 1 ? await batch.Turns(contacts.Length, ct) : 0;
        var changed = new HashSet<Guid>();
        foreach (var theirs in contacts.Select((id, n) => (Id: id, To: people[(int)((first + n) % people.Count)])).GroupBy(c => c.To))
            changed.UnionWith((await bulk.Put(new BulkValue(Assignee: theirs.Key.Id, AssigneeName: theirs.Key.Name), [.. theirs.Select(c => c.Id)], ct)).Select(c => c.ContactId));
        if (changed.Count > 0)
            await live.Changed(ct);
        return [.. batch.Runs.Select(r => new StepDone(r.RunId, changed.Contains(r.ContactId) ? "done" : "was_so"))];
    }

    private async Task<Accounts.Contracts.UserCard?> Person(JsonObject settings, CancellationToken ct) =>
        Guid.TryParse(settings["person"]?.ToString(), out var id) ? (await assignees.Everybody(ct)).FirstOrDefault(p => p.Id == id) : null;
}

/// <summary>The account's people.</summary>
internal sealed class PersonThings(Assignees assignees) : IThings
{
    public const string Word = "person";

    public string Kind => Word;

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) => [.. (await assignees.Everybody(ct)).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).Select(p => new Thing(p.Id, p.Name))];
}
