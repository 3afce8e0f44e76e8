using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Attaches a file to a contact, or to a note about one.</summary>
public sealed record AddAttachment
{
    public Guid ContactId { get; set; }

    public Guid? NoteId { get; set; }

    public string? FileName { get; set; }

    [Required(ErrorMessage = "Choose a file first.")]
    public Stream? File { get; set; }
}

public sealed class AddAttachmentHandler(PluraDb db, StoredFiles store, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(AddAttachment command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var name = FileKinds.Name(command.FileName);
        if (name.Refusal is { } kind)
            return kind;
        if (!await db.Contacts.AnyAsync(c => c.Id == command.ContactId, ct))
            return ReadContact.Missing;
        if (command.NoteId is { } note && !await db.Notes.AnyAsync(n => n.Id == note && n.ContactId == command.ContactId && n.RemovedAt == null, ct))
            return ReadNotes.Missing;
        var stored = await store.Store(command.File!, ct);
        if (stored.Refusal is { } refusal)
            return refusal;

        // Storing took its time, and the contact may have gone or become another.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (!await ContactRows.Stay(db, command.ContactId, ct))
        {
            store.Remove(stored.Value.Name);
            return ReadContact.Missing;
        }

        // The same file twice under the same name, at the same place: a second press of the button.
        var (sha, file) = (stored.Value.Sha256, name.Value);
        if (await db.Attachments.FirstOrDefaultAsync(a => a.ContactId == command.ContactId && a.NoteId == command.NoteId && a.Sha256 == sha && a.FileName == file && a.RemovedAt == null, ct) is { } there)
        {
            store.Remove(stored.Value.Name);
            return there.Id;
        }

        var attachment = Attachment.Of(command.ContactId, command.NoteId, file, stored.Value, actor, clock.GetUtcNow());
        db.Attachments.Add(attachment);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return attachment.Id;
    }
}
