using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What stands around a contact's story: its notes on top, its tasks and files, and the one that is open.</summary>
public sealed record ContactSides(IReadOnlyList<NoteView> Pinned, IReadOnlyList<TaskView> Tasks, IReadOnlyList<AttachmentView> Files, NoteView? Note, TaskView? Task, string Zone, DateOnly Today);

public sealed class ReadSides(ReadNotes notes, ReadTasks tasks, ListTasksHandler list, ReadAttachments files, TaskPlans plans, Actor actor, TimeProvider clock)
{
    private const int Most = 50;

    /// <summary>As far as whoever looks may see it.</summary>
    public async Task<ContactSides> Of(Guid contact, string? note, string? task, CancellationToken ct)
    {
        var (mayNotes, mayTasks, zone) = (actor.May("notes.read"), actor.May("tasks.read"), await plans.Zone(ct));
        return new ContactSides(
            mayNotes ? await notes.Pinned(contact, ct) : [],
            mayTasks ? (await list.Handle(new ListTasks { Contact = contact, Limit = Most }, ct)).Value.Items : [],
            mayNotes ? await files.Of(contact, Most, ct) : [],
            mayNotes && Guid.TryParse(note, out var noteId) && await notes.One(noteId, ct) is { } one && one.ContactId == contact ? one : null,
            mayTasks && Guid.TryParse(task, out var taskId) ? await tasks.One(taskId, ct) : null,
            zone,
            LocalTimes.Day(clock.GetUtcNow(), zone));
    }
}
