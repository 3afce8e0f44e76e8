using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Conversations;

public static class SnippetEndpoints
{
    private const string Api = "/api/v1/snippets";

    public static void MapSnippets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Api, async (Snippets snippets, CancellationToken ct) => Results.Ok(new Page<SnippetView>(await snippets.All(ct), Next: null))).RequirePermission("conversations.read").WithName("ListSnippets");
        routes.MapPost(Api, async (KeepSnippet command, KeepSnippetHandler handler, Snippets snippets, CancellationToken ct) =>
        {
            var kept = await handler.Handle(command with { Id = null }, ct);
            return kept.Refusal is { } refusal ? refusal.Problem() : Results.Created(Api, await snippets.One(kept.Value, ct));
        }).RequirePermission("conversations.snippets").WithName("KeepSnippet");
        routes.MapPut(Api + "/{id:guid}", async (Guid id, KeepSnippet command, KeepSnippetHandler handler, Snippets snippets, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => snippets.One(id, ct))).RequirePermission("conversations.snippets").WithName("ChangeSnippet");
        routes.MapDelete(Api + "/{id:guid}", async (Guid id, DeleteSnippetHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteSnippet(id), ct)).Answer()).RequirePermission("conversations.snippets").WithName("DeleteSnippet");

        routes.MapPost("/a/{account}/settings/snippets/{id:guid}/restore", async (string account, Guid id, [FromForm] IFormCollection form, RestoreSnippetHandler handler, Flash flash, CancellationToken ct) =>
        {
            var done = await handler.Handle(new RestoreSnippet(id), ct);
            if (done.Refusal is { Kind: RefusalKind.NotFound } missing)
                return missing.Problem();
            flash.Say(done.Refusal?.Text ?? "It is back.");
            return Results.LocalRedirect($"/a/{account}/settings/snippets");
        }).RequirePermission("conversations.snippets").WithName("PressRestoreSnippet");

        // What is offered while somebody writes: filled in for whoever they write to.
        routes.MapGet("/a/{account}/conversations/{id:guid}/snippets", async (Guid id, UseSnippet use, CancellationToken ct) =>
            (await use.Offer(id, ct)).Answer(Results.Ok)).RequirePermission("conversations.write").WithName("OfferSnippets").ReadsPersonalData("conversations.read");

        routes.MapPost("/a/{account}/conversations/{id:guid}/snippets/{snippet:guid}", async (string account, Guid id, Guid snippet, [FromForm] IFormCollection form, UseSnippet use, Flash flash, CancellationToken ct) =>
        {
            var done = await use.Act(id, snippet, ct);
            if (done.Refusal is { Kind: RefusalKind.NotFound } missing)
                return missing.Problem();
            flash.Say(done.Refusal?.Text ?? "Done.");
            return Results.LocalRedirect(ConversationViews.Address($"/a/{account}/conversations/{id}", ConversationViews.Of(form["view"]), q: null, cursor: null));
        }).RequirePermission("conversations.write").WithName("PressSnippet");
    }
}
