using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Conversations;

public static class ViewEndpoints
{
    private const string Api = "/api/v1/inbox-views";

    public static void MapInboxViews(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Api, async (InboxViews views, Actor actor, CancellationToken ct) => Results.Ok(new Page<InboxViewView>(await views.All(actor.Id, ct), Next: null))).RequirePermission("conversations.read").WithName("ListInboxViews");
        routes.MapPost(Api, async (KeepView command, KeepViewHandler handler, InboxViews views, Actor actor, CancellationToken ct) =>
        {
            var kept = await handler.Handle(command with { Id = null }, ct);
            return kept.Refusal is { } refusal ? refusal.Problem() : Results.Created(Api, await views.One(kept.Value, actor.Id, ct));
        }).RequirePermission("conversations.write").WithName("KeepInboxView");
        routes.MapPut(Api + "/{id:guid}", async (Guid id, KeepView command, KeepViewHandler handler, InboxViews views, Actor actor, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => views.One(id, actor.Id, ct))).RequirePermission("conversations.write").WithName("ChangeInboxView");
        routes.MapDelete(Api + "/{id:guid}", async (Guid id, DeleteViewHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteView(id), ct)).Answer()).RequirePermission("conversations.write").WithName("DeleteInboxView");

        routes.MapPost("/a/{account}/conversations/views/{id:guid}/restore", async (string account, Guid id, [FromForm] IFormCollection form, RestoreViewHandler handler, Flash flash, CancellationToken ct) =>
        {
            var done = await handler.Handle(new RestoreView(id), ct);
            if (done.Refusal is { Kind: RefusalKind.NotFound } missing)
                return missing.Problem();
            flash.Say(done.Refusal?.Text ?? "It is back.");
            return Results.LocalRedirect($"/a/{account}/conversations/views");
        }).RequirePermission("conversations.write").WithName("PressRestoreInboxView");
    }
}
