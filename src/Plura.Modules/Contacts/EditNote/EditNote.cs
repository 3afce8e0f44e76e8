using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes a note's words, which keeps the earlier ones, or pins it. What is null stays.</summary>
public sealed record EditNote
{
    public Guid Id { get; set; }

    [KeepBlanks]
    [StringLength(AddNote.Longest, ErrorMessage = "A note has at most 10,000 characters. Put the rest into a second one.")]
    public string? Text { get; set; }

    public bool? Pinned { get; set; }

    /// <summary>The words that the editor saw; where they are given and somebody changed them since, nothing is overwritten.</summary>
    [KeepBlanks]
    public string? Seen { get; set; }
}

public sealed class EditNoteHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(EditNote command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Text is { } given && given.Trim().Length == 0)
            return Refusal.Invalid("note.empty", "A note needs words. To take it away, delete it.", nameof(command.Text));
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Two who save at once take turns, so that no wording is lost.
        await Once.Hold(db, command.Id, ct);
        if (await db.Notes.SingleOrDefaultAsync(n => n.Id == command.Id && n.RemovedAt == null, ct) is not { } note)
            return ReadNotes.Missing;
        if (command.Seen is { } seen && AddNoteHandler.Lines(seen) != note.Text)
            return Refusal.Conflict("note.changed", "Somebody changed this note while you had it open. What you typed is still below; open the note in another window, compare, and save again to keep yours.");
        var now = clock.GetUtcNow();
        if (command.Text is { } text && AddNoteHandler.Lines(text.Trim()) is var words && words != note.Text)
            db.NoteVersions.Add(note.Rewrite(words, actor, now));
        if (command.Pinned is { } pinned)
            note.Pin(pinned, now);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class EditNoteEndpoint
{
    public static void MapEditNote(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/v1/notes/{id:guid}", async (Guid id, EditNote command, EditNoteHandler handler, ReadNotes notes, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => notes.One(id, ct))).RequirePermission("notes.write").WithName("EditNote");
}
