using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>An attached file as pages and the API show it; <paramref name="Url"/> gives its bytes.</summary>
public sealed record AttachmentView(Guid Id, Guid ContactId, Guid? NoteId, string FileName, string Type, long Bytes, string Sha256, DateTimeOffset At, string By, string Url)
{
    public static AttachmentView Of(Attachment file) =>
        new(file.Id, file.ContactId, file.NoteId, file.FileName, FileKinds.Type(file.FileName), file.Bytes, file.Sha256, file.At, file.By, $"/api/v1/files/{file.Id}");
}

public sealed class ReadAttachments(PluraDb db)
{
    public static Refusal Missing => Refusal.NotFound("file.missing", "This file does not exist, or it was removed.");

    public async Task<AttachmentView?> One(Guid id, CancellationToken ct) => await Row(id, ct) is { } file ? AttachmentView.Of(file) : null;

    /// <summary>All of a contact, newest first, those of its notes among them.</summary>
    public async Task<IReadOnlyList<AttachmentView>> Of(Guid contactId, int limit, CancellationToken ct)
    {
        var removed = db.Notes.Where(n => n.RemovedAt != null);
        return [.. (await db.Attachments.AsNoTracking().Where(a => a.ContactId == contactId && a.RemovedAt == null && !removed.Any(n => n.Id == a.NoteId))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(limit).ToListAsync(ct)).Select(AttachmentView.Of)];
    }

    public Task<Attachment?> Row(Guid id, CancellationToken ct)
    {
        var removed = db.Notes.Where(n => n.RemovedAt != null);
        return db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.RemovedAt == null && !removed.Any(n => n.Id == a.NoteId), ct);
    }
}

public static class ReadAttachmentEndpoint
{
    public static void MapReadAttachment(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/contacts/{id:guid}/files", async (Guid id, ReadAttachments files, ReadContact contacts, CancellationToken ct) =>
            await contacts.One(id, ct) is null ? ReadContact.Missing.Problem() : Results.Ok(new Page<AttachmentView>(await files.Of(id, 200, ct), null)))
            .RequirePermission("notes.read").WithName("ListAttachments").ReadsPersonalData("contacts.read_notes");
        routes.MapGet("/api/v1/files/{id:guid}", Give).RequirePermission("notes.read").WithName("ReadAttachment").ReadsPersonalData("contacts.read_attachment");
        routes.MapGet("/a/{account}/files/{id:guid}", Give).RequirePermission("notes.read").WithName("DownloadAttachment").ReadsPersonalData("contacts.read_attachment");
    }

    private static async Task<IResult> Give(Guid id, HttpContext http, ReadAttachments files, StoredFiles store, CancellationToken ct)
    {
        if (await files.Row(id, ct) is not { } file || !store.Exists(file.StoredAs))
            return ReadAttachments.Missing.Problem();
        return FileAnswers.Download(http, store.Open(file.StoredAs), file.FileName);
    }
}
