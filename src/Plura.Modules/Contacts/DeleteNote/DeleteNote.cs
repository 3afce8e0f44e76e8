using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes a note and its files away. For thirty days it can come back; then it is forgotten.</summary>
public sealed record DeleteNote(Guid Id);

public sealed class DeleteNoteHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteNote command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Notes.SingleOrDefaultAsync(n => n.Id == command.Id && n.RemovedAt == null, ct) is not { } note)
            return ReadNotes.Missing;
        var now = clock.GetUtcNow();
        note.Remove(actor, now);
        db.Enqueue(new ForgetRemoved(note.Id), now + ForgetRemoved.After);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class DeleteNoteEndpoint
{
    public static void MapDeleteNote(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/notes/{id:guid}", async (Guid id, DeleteNoteHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteNote(id), ct)).Answer()).RequirePermission("notes.write").WithName("DeleteNote");
}
