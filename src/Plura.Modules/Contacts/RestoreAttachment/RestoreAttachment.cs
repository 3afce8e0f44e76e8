using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Brings a removed file back.</summary>
public sealed record RestoreAttachment(Guid Id);

public sealed class RestoreAttachmentHandler(PluraDb db)
{
    /// <summary>Answers the file; one that was never away is there as well.</summary>
    public async Task<Result<Attachment>> Handle(RestoreAttachment command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Attachments.SingleOrDefaultAsync(a => a.Id == command.Id, ct) is not { } file)
            return ReadAttachments.Missing;
        file.Return();
        await db.SaveChangesAsync(ct);
        return file;
    }
}

public static class RestoreAttachmentEndpoint
{
    public static void MapRestoreAttachment(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/files/{id:guid}/restore", async (Guid id, RestoreAttachmentHandler handler, CancellationToken ct) =>
            (await handler.Handle(new RestoreAttachment(id), ct)).Answer(file => Results.Ok(AttachmentView.Of(file))))
            .RequirePermission("notes.write").WithName("RestoreAttachment");

        routes.MapPost("/a/{account}/files/{id:guid}/restore", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, RestoreAttachmentHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            return (await handler.Handle(new RestoreAttachment(id), ct)).Answer(file => Results.LocalRedirect($"/a/{account}/contacts/{file.ContactId}"));
        }).RequirePermission("notes.write").WithName("UndoRemoveAttachment");
    }
}
