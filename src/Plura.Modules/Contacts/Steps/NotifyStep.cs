using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Tells the account's people something about the contact: in the app, on their devices, by mail, as each of them chose.</summary>
internal sealed class NotifyStep(PluraDb db, INotices notices, Assignees assignees) : IStep
{
    public const string Told = "automation_tells";
    private const int Longest = 200;
    private const string Owner = "owner";
    private const string All = "all";

    public StepKind Kind { get; } = new("notify", "Tell my team", "bell", "Team")
    {
        Fields =
        [
            new("text", "What to say", StepFields.Text) { Hint = "The contact's name stands before it." },
            new("to", "Whom", StepFields.Choice) { Choices = [(Owner, "Whoever looks after the contact"), ("person", "One person"), (All, "Everybody")] },
            new("person", "Which person", StepFields.Thing) { Things = PersonThings.Word, Optional = true },
        ],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        Text(settings) is not { Length: > 0 and <= Longest } ? $"Write what to say, in {Longest} characters at most."
        : settings["to"]?.ToString() == "person" && (await assignees.Everybody(ct)).All(p => p.Id.ToString() != settings["person"]?.ToString()) ? "Choose who is told." : null;

    public string Say(JsonObject settings, ThingNames names) => $"Tell {settings["to"]?.ToString() switch { All => "everybody", "person" => names.Name(PersonThings.Word, settings["person"]) ?? "somebody", _ => "whoever looks after them" }}: “{Text(settings)}”";

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        var contacts = batch.Runs.Select(r => r.ContactId).Distinct().ToArray();
        var owners = await db.Contacts.AsNoTracking().Where(c => contacts.Contains(c.Id)).Select(c => new { c.Id, c.AssigneeId }).ToDictionaryAsync(c => c.Id, c => c.AssigneeId, ct);
        var people = (await assignees.Everybody(ct)).Select(p => p.Id).ToHashSet();
        foreach (var contact in contacts.Order())
        {
            var user = batch.Settings["to"]?.ToString() switch
            {
                All => default(Guid?),
                "person" => Guid.TryParse(batch.Settings["person"]?.ToString(), out var id) ? id : null,
                // Of nobody: everybody hears of it.
                _ => owners.GetValueOrDefault(contact),
            };
            await notices.PostAbout(new NoticeAbout(Told, $"{{about}}: {Text(batch.Settings)}", "contact", contact) { User = user is { } one && people.Contains(one) ? one : null, Gather = TimeSpan.Zero }, ct);
        }

        db.ChangeTracker.Clear();
        return [.. batch.Runs.Select(r => new StepDone(r.RunId, "done"))];
    }

    /// <summary>Braces would be taken for the place of the name.</summary>
    private static string Text(JsonObject settings) => settings["text"]?.ToString().Trim().Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal) ?? "";
}
