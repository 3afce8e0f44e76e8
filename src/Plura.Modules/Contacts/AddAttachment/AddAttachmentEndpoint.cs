using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Contacts;

public static class AddAttachmentEndpoint
{
    public static void MapAddAttachment(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts/{id:guid}/files", (Guid id, Guid? note, HttpContext http, AddAttachmentHandler handler, StoredFiles store, ReadAttachments files, CancellationToken ct) =>
            SentFiles.Take(http, store, async (bytes, name) =>
            {
                var added = await handler.Handle(new AddAttachment { ContactId = id, NoteId = note, File = bytes, FileName = name }, ct);
                return added.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/files/{added.Value}", await files.One(added.Value, ct));
            }, ct)).RequirePermission("notes.write").WithName("AddAttachment").DisableAntiforgery();
}
