using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Writes something down about a contact.</summary>
public sealed record AddNote
{
    public const int Longest = 10_000;

    /// <summary>The id that the note shall have, so that asking twice makes one note; null for a new one.</summary>
    public Guid? Id { get; set; }

    public Guid ContactId { get; set; }

    /// <summary>Plain text; line breaks stay, and web addresses become links when it is shown.</summary>
    [Required(ErrorMessage = "Write something first.")]
    [StringLength(Longest, ErrorMessage = "A note has at most 10,000 characters. Put the rest into a second one.")]
    public string Text { get; set; } = "";

    /// <summary>Stands above the contact's story.</summary>
    public bool Pinned { get; set; }
}

public sealed class AddNoteHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(AddNote command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (!await ContactRows.Stay(db, command.ContactId, ct))
            return ReadContact.Missing;
        var now = clock.GetUtcNow();
        var id = command.Id is { } given && given != Guid.Empty ? given : Guid.CreateVersion7(now);
        await Once.Hold(db, id, ct);
        if (await db.Notes.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, ct) is { } there)
            return there.ContactId == command.ContactId ? there.Id : Refusal.Conflict("note.id_taken", "Another note has this id.");

        var note = Note.New(id, command.ContactId, Lines(command.Text), actor, now);
        note.Pin(command.Pinned, now);
        db.Notes.Add(note);
        db.Publish(new NoteAdded(note.Id, note.ContactId));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return note.Id;
    }

    /// <summary>Forms send two characters for a line's end.</summary>
    internal static string Lines(string text) => text.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal);
}

public static class AddNoteEndpoint
{
    public static void MapAddNote(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts/{id:guid}/notes", async (Guid id, AddNote command, AddNoteHandler handler, ReadNotes notes, CancellationToken ct) =>
        {
            var added = await handler.Handle(command with { ContactId = id }, ct);
            return added.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/notes/{added.Value}", await notes.One(added.Value, ct));
        }).RequirePermission("notes.write").WithName("AddNote");
}
