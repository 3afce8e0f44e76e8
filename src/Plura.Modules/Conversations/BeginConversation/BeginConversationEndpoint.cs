using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Conversations;

public static class BeginConversationEndpoint
{
    public static void MapBeginConversation(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/conversations", async (BeginConversation command, BeginConversationHandler handler, ReadMessages messages, CancellationToken ct) =>
        {
            var begun = await handler.Handle(command, ct);
            return begun.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/conversations/{begun.Value.Conversation}/messages", await messages.One(begun.Value.Message, ct));
        }).RequirePermission("conversations.write").WithName("BeginConversation");

        // What is offered while somebody writes to whom they have not chosen yet: with its merge fields, which are filled when it is written.
        routes.MapGet("/a/{account}/conversations/new/snippets", async (UseSnippet use, CancellationToken ct) => Results.Ok(await use.Offer(ct)))
            .RequirePermission("conversations.write").WithName("OfferSnippetsForNew");
    }
}
