using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Brings a deleted note back, with its files.</summary>
public sealed record RestoreNote(Guid Id);

public sealed class RestoreNoteHandler(PluraDb db)
{
    /// <summary>Answers the note; one that was never away is there as well.</summary>
    public async Task<Result<Note>> Handle(RestoreNote command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Notes.SingleOrDefaultAsync(n => n.Id == command.Id, ct) is not { } note)
            return ReadNotes.Missing;
        note.Return();
        await db.SaveChangesAsync(ct);
        return note;
    }
}

public static class RestoreNoteEndpoint
{
    public static void MapRestoreNote(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/notes/{id:guid}/restore", async (Guid id, RestoreNoteHandler handler, ReadNotes notes, CancellationToken ct) =>
            await (await handler.Handle(new RestoreNote(id), ct)).AnswerWith(() => notes.One(id, ct))).RequirePermission("notes.write").WithName("RestoreNote");

        routes.MapPost("/a/{account}/notes/{id:guid}/restore", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, RestoreNoteHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var restored = await handler.Handle(new RestoreNote(id), ct);
            return restored.Refusal is { } refusal ? refusal.Problem() : Results.LocalRedirect($"/a/{account}/contacts/{restored.Value.ContactId}");
        }).RequirePermission("notes.write").WithName("UndoDeleteNote");
    }
}
