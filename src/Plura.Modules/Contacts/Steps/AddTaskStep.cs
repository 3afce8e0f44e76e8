using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Sets a task about each contact who comes by.</summary>
internal sealed class AddTaskStep(PluraDb db, CreateTaskHandler create, Assignees assignees, TaskPlans plans) : IStep
{
    public StepKind Kind { get; } = new("add_task", "Set a task", "checkbox", "Contacts")
    {
        Fields =
        [
            new("title", "What has to be done", StepFields.Text),
            new("details", "Details", StepFields.Long) { Optional = true },
            new("days", "Due in how many days", StepFields.Number) { Optional = true, Hint = "0 is today. Leave it empty for no day." },
            new("person", "Who does it", StepFields.Thing) { Things = PersonThings.Word, Optional = true, Hint = "Choose nobody, and whoever looks after the contact does it." },
        ],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct)
    {
        if ((new CreateTask { Title = Text(settings, "title"), Details = Text(settings, "details") }).Invalid() is { } invalid)
            return invalid.Text;
        if (Text(settings, "days").Length > 0 && Days(settings) is null)
            return "Say in how many days it is due, as a whole number.";
        return Text(settings, "person") is { Length: > 0 } person && (await assignees.Everybody(ct)).All(p => p.Id.ToString() != person) ? "Whoever was to do it does not belong to the account any more. Choose somebody else." : null;
    }

    public string Say(JsonObject settings, ThingNames names) => $"Set the task “{Text(settings, "title")}”";

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        var contacts = batch.Runs.Select(r => r.ContactId).Distinct().ToArray();
        var owners = await db.Contacts.AsNoTracking().Where(c => contacts.Contains(c.Id)).Select(c => new { c.Id, c.AssigneeId }).ToDictionaryAsync(c => c.Id, c => c.AssigneeId, ct);
        var due = Days(batch.Settings) is { } days ? LocalTimes.Day(batch.Now, await plans.Zone(ct)).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        var people = (await assignees.Everybody(ct)).Select(p => p.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        var done = new List<StepDone>(batch.Runs.Count);
        foreach (var run in batch.Runs)
        {
            var who = Text(batch.Settings, "person") is { Length: > 0 } chosen ? chosen : owners.GetValueOrDefault(run.ContactId)?.ToString() ?? "";
            var task = await create.Handle(new CreateTask { Title = Text(batch.Settings, "title"), Details = Text(batch.Settings, "details"), Due = due, Assignee = people.Contains(who) ? who : "none", Contact = run.ContactId }, ct);
            db.ChangeTracker.Clear();
            done.Add(task.Ok ? new StepDone(run.RunId, "done", new JsonObject { ["task"] = task.Value.ToString() }) : new StepDone(run.RunId, "refused", new JsonObject { ["why"] = task.Refusal!.Text }));
        }

        return done;
    }

    private static string Text(JsonObject settings, string name) => settings[name]?.ToString().Trim() ?? "";

    private static int? Days(JsonObject settings) => int.TryParse(Text(settings, "days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 3_650 ? days : null;
}
