using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What was written down about the contact, with its words.</summary>
public sealed class NoteStory(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Notes;

    public string Permission => "notes.read";

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var notes = await db.Notes.AsNoTracking()
            .Where(n => n.ContactId == contactId && n.RemovedAt == null && EF.Functions.LessThan(ValueTuple.Create(n.At, n.Id), ValueTuple.Create(from.At, from.Id)))
            .OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(limit).ToListAsync(ct);
        return [.. notes.Select(n => new TimelineEntry(n.Id, n.At, Kind.Word, "note", $"{n.By} wrote a note", n.EditedBy is null ? null : $"Changed by {n.EditedBy}; the earlier words are kept.", $"contacts/{contactId}?note={n.Id}") { Text = n.Text })];
    }
}

/// <summary>Tasks about the contact: that they were set, and that they were done.</summary>
public sealed class TaskStory(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Tasks;

    public string Permission => "tasks.read";

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var tasks = db.Tasks.AsNoTracking().Where(t => t.ContactId == contactId && t.RemovedAt == null);
        var made = await tasks.Where(t => EF.Functions.LessThan(ValueTuple.Create(t.CreatedAt, t.Id), ValueTuple.Create(from.At, from.Id)))
            .OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id).Take(limit).ToListAsync(ct);
        var done = await tasks.Where(t => t.DoneAt != null && EF.Functions.LessThan(ValueTuple.Create(t.DoneAt.Value, t.Id), ValueTuple.Create(from.At, from.Id)))
            .OrderByDescending(t => t.DoneAt).ThenByDescending(t => t.Id).Take(limit).ToListAsync(ct);
        var link = $"contacts/{contactId}?task=";
        return
        [
            .. made.Select(t => new TimelineEntry(t.Id, t.CreatedAt, Kind.Word, "square-plus", $"{t.CreatedBy} set the task “{t.Title}”", null, link + t.Id))
                .Concat(done.Select(t => new TimelineEntry(t.Id, t.DoneAt!.Value, Kind.Word, "square-check", $"{t.DoneBy} did “{t.Title}”", null, link + t.Id)))
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(limit),
        ];
    }
}

/// <summary>Files that were attached.</summary>
public sealed class FileStory(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Files;

    public string Permission => "notes.read";

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var removed = db.Notes.Where(n => n.RemovedAt != null);
        var files = await db.Attachments.AsNoTracking()
            .Where(a => a.ContactId == contactId && a.RemovedAt == null && !removed.Any(n => n.Id == a.NoteId) && EF.Functions.LessThan(ValueTuple.Create(a.At, a.Id), ValueTuple.Create(from.At, from.Id)))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(limit).ToListAsync(ct);
        return [.. files.Select(a => new TimelineEntry(a.Id, a.At, Kind.Word, "paperclip", $"{a.By} attached {a.FileName}", null, $"files/{a.Id}"))];
    }
}
