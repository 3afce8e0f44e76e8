using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Writes a note on each contact who comes by.</summary>
internal sealed class AddNoteStep(PluraDb db, Actor actor, TimeProvider clock) : IStep
{
    public StepKind Kind { get; } = new("add_note", "Write a note", "note", "Contacts")
    {
        Fields = [new("text", "What it says", StepFields.Long)],
    };

    public Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        Task.FromResult(Text(settings) is { Length: > 0 and <= AddNote.Longest } ? null : "Write what the note says, in 10,000 characters at most.");

    public string Say(JsonObject settings, ThingNames names) => "Write a note";

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        var text = AddNoteHandler.Lines(Text(batch.Settings));
        var now = clock.GetUtcNow();
        var done = new List<StepDone>(batch.Runs.Count);
        foreach (var run in batch.Runs)
        {
            var note = Note.New(Guid.CreateVersion7(now), run.ContactId, text, actor, now);
            db.Notes.Add(note);
            db.Publish(new NoteAdded(note.Id, note.ContactId));
            done.Add(new StepDone(run.RunId, "done", new JsonObject { ["note"] = note.Id.ToString() }));
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return done;
    }

    private static string Text(JsonObject settings) => settings["text"]?.ToString().Trim() ?? "";
}
