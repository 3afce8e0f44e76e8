using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A note as pages and the API show it.</summary>
public sealed record NoteView(Guid Id, Guid ContactId, string Text, bool Pinned, DateTimeOffset At, string By, DateTimeOffset? EditedAt, string? EditedBy)
{
    public IReadOnlyList<AttachmentView> Files { get; init; } = [];

    /// <summary>The words it had before, newest first; only where one note is asked for.</summary>
    public IReadOnlyList<NoteWording>? Earlier { get; init; }
}

public sealed record NoteWording(string Text, string By, DateTimeOffset At);

/// <summary>Reads notes with their files: two statements, however many.</summary>
public sealed class ReadNotes(PluraDb db)
{
    public static Refusal Missing => Refusal.NotFound("note.missing", "This note does not exist, or it was deleted.");

    public async Task<NoteView?> One(Guid id, CancellationToken ct)
    {
        if (await Views(db.Notes.Where(n => n.Id == id), ct) is not [var note])
            return null;
        var earlier = await db.NoteVersions.AsNoTracking().Where(v => v.NoteId == id).OrderByDescending(v => v.Until).ThenByDescending(v => v.Id).Take(50)
            .Select(v => new NoteWording(v.Text, v.By, v.At)).ToListAsync(ct);
        return note with { Earlier = earlier };
    }

    /// <summary>Those that stand above the story.</summary>
    public Task<IReadOnlyList<NoteView>> Pinned(Guid contactId, CancellationToken ct) =>
        Views(db.Notes.Where(n => n.ContactId == contactId && n.PinnedAt != null).OrderByDescending(n => n.PinnedAt).Take(20), ct);

    public async Task<Result<Page<NoteView>>> Page(Guid contactId, string? cursor, int limit, CancellationToken ct)
    {
        var notes = db.Notes.Where(n => n.ContactId == contactId);
        if (cursor is not null)
        {
            if (TimeCursor.Read(cursor) is not var (at, id))
                return TimeCursor.Unknown;
            notes = notes.Where(n => EF.Functions.LessThan(ValueTuple.Create(n.At, n.Id), ValueTuple.Create(at, id)));
        }

        var page = await Views(notes.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(limit + 1), ct);
        return page.Count <= limit ? new Page<NoteView>(page, null) : new Page<NoteView>([.. page.Take(limit)], TimeCursor.Write(page[limit - 1].At, page[limit - 1].Id));
    }

    private async Task<IReadOnlyList<NoteView>> Views(IQueryable<Note> notes, CancellationToken ct)
    {
        var rows = await notes.AsNoTracking().Where(n => n.RemovedAt == null).ToListAsync(ct);
        var ids = rows.ConvertAll(n => (Guid?)n.Id);
        var files = ids.Count == 0 ? [] : await db.Attachments.AsNoTracking().Where(a => ids.Contains(a.NoteId) && a.RemovedAt == null).OrderBy(a => a.At).ToListAsync(ct);
        return [.. rows.Select(n => new NoteView(n.Id, n.ContactId, n.Text, n.PinnedAt is not null, n.At, n.By, n.EditedAt, n.EditedBy) { Files = [.. files.Where(f => f.NoteId == n.Id).Select(AttachmentView.Of)] })];
    }
}

public static class ReadNotesEndpoint
{
    public static void MapReadNotes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/contacts/{id:guid}/notes", async (Guid id, string? cursor, int? limit, ReadNotes notes, ReadContact contacts, CancellationToken ct) =>
            await contacts.One(id, ct) is null ? ReadContact.Missing.Problem() : (await notes.Page(id, cursor, Math.Clamp(limit ?? 50, 1, 200), ct)).Answer(Results.Ok))
            .RequirePermission("notes.read").WithName("ListNotes").ReadsPersonalData("contacts.read_notes");
        routes.MapGet("/api/v1/notes/{id:guid}", async (Guid id, ReadNotes notes, CancellationToken ct) =>
            await notes.One(id, ct) is { } note ? Results.Ok(note) : ReadNotes.Missing.Problem())
            .RequirePermission("notes.read").WithName("ReadNote").ReadsPersonalData("contacts.read_notes");
    }
}
