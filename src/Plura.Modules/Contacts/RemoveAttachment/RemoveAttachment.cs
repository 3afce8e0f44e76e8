using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes an attached file away. For thirty days it can come back; then its bytes are deleted.</summary>
public sealed record RemoveAttachment(Guid Id);

public sealed class RemoveAttachmentHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(RemoveAttachment command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Attachments.SingleOrDefaultAsync(a => a.Id == command.Id && a.RemovedAt == null, ct) is not { } file)
            return ReadAttachments.Missing;
        var now = clock.GetUtcNow();
        file.Remove(actor, now);
        db.Enqueue(new ForgetRemoved(file.Id), now + ForgetRemoved.After);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class RemoveAttachmentEndpoint
{
    public static void MapRemoveAttachment(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/files/{id:guid}", async (Guid id, RemoveAttachmentHandler handler, CancellationToken ct) =>
            (await handler.Handle(new RemoveAttachment(id), ct)).Answer()).RequirePermission("notes.write").WithName("RemoveAttachment");
}
