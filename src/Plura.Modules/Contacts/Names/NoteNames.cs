using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Notes in the audit log: by their contact, never by their words.</summary>
public sealed class NoteNames(PluraDb db, ReadContact contacts) : INameThings
{
    public string Kind => "note";

    public string Gone => "a note that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var notes = await db.Notes.AsNoTracking().Where(n => ids.Contains(n.Id)).Select(n => new { n.Id, n.ContactId }).ToListAsync(ct);
        var names = (await contacts.Many([.. notes.Select(n => n.ContactId).Distinct()], ct)).ToDictionary(c => c.Id, c => c.Name);
        return notes.ToDictionary(n => n.Id, n => new NamedThing(names.TryGetValue(n.ContactId, out var name) ? $"a note about {name}" : "a note", $"contacts/{n.ContactId}?note={n.Id}"));
    }
}

/// <summary>Tasks, by what has to be done.</summary>
public sealed class TaskNames(PluraDb db) : INameThings
{
    public string Kind => "task";

    public string Gone => "a task that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Title }).ToDictionaryAsync(t => t.Id, t => new NamedThing($"“{t.Title}”", $"tasks?task={t.Id}"), ct);
}

/// <summary>Attached files, by their names.</summary>
public sealed class AttachmentNames(PluraDb db) : INameThings
{
    public string Kind => "attachment";

    public string Gone => "a file that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Attachments.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.FileName, a.ContactId }).ToDictionaryAsync(a => a.Id, a => new NamedThing(a.FileName, $"contacts/{a.ContactId}"), ct);
}
