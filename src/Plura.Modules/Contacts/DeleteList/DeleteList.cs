using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes a smart list away; whoever is in it stays. For thirty days it can come back.</summary>
public sealed record DeleteList(Guid Id);

/// <summary>Brings a deleted smart list back; refused where another one has its name by now.</summary>
public sealed record RestoreList(Guid Id);

public sealed class DeleteListHandler(PluraDb db, IAudit audit, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteList command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.SmartLists.SingleOrDefaultAsync(s => s.Id == command.Id && s.RemovedAt == null, ct) is not { } list || !list.IsFor(actor))
            return ReadLists.Missing;
        var now = clock.GetUtcNow();
        list.Remove(now);
        db.Enqueue(new ForgetRemoved(list.Id), now + ForgetRemoved.After);
        audit.Note("contacts.delete_list", list.Id, new Dictionary<string, string>(StringComparer.Ordinal));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    public async Task<Result> Handle(RestoreList command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.SmartLists.SingleOrDefaultAsync(s => s.Id == command.Id, ct) is not { } list || !list.IsFor(actor))
            return ReadLists.Missing;
        if (list.RemovedAt is not null && await db.SmartLists.AnyAsync(s => s.Normal == list.Normal && s.RemovedAt == null, ct))
            return Refusal.Conflict("list.exists", "You have another smart list with this name by now. Rename that one first.");
        list.Return();
        audit.Note("contacts.restore_list", list.Id, new Dictionary<string, string>(StringComparer.Ordinal));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class DeleteListEndpoint
{
    public static void MapDeleteList(this IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/api/v1/contacts/lists/{id:guid}", async (Guid id, DeleteListHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteList(id), ct)).Answer()).RequirePermission("contacts.edit").WithName("DeleteList");
        routes.MapPost("/api/v1/contacts/lists/{id:guid}/restore", async (Guid id, DeleteListHandler handler, ReadLists lists, CancellationToken ct) =>
            await (await handler.Handle(new RestoreList(id), ct)).AnswerWith(() => lists.One(id, ct))).RequirePermission("contacts.edit").WithName("RestoreList");
        routes.MapPost("/a/{account}/contacts/lists/{id:guid}/restore", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, DeleteListHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var restored = await handler.Handle(new RestoreList(id), ct);
            return restored.Refusal is { } refusal ? refusal.Problem() : Results.LocalRedirect($"/a/{account}/contacts/lists");
        }).RequirePermission("contacts.edit").WithName("UndoDeleteList");
    }
}
