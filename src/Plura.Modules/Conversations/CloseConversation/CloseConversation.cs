using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Nothing more is to be done in it. When the contact writes again it opens by itself.</summary>
public sealed record CloseConversation(Guid Id);

public sealed class CloseConversationHandler(PluraDb db, ConversationNews news, INotices notices, TimeProvider clock)
{
    public async Task<Result> Handle(CloseConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var closed = await news.Change(
            command.Id,
            c =>
            {
                if (c.State == ConversationStates.Closed)
                    return;
                c.Close();
                // Whether anybody asks is looked at then.
                db.Enqueue(new AskRating(command.Id), clock.GetUtcNow() + Ratings.After);
            }, ct);
        if (closed.Ok)
            await notices.Settle(ConversationNotices.Thing, command.Id, ConversationNotices.Answered, ct);
        return closed;
    }
}

public static class CloseConversationEndpoint
{
    public static void MapCloseConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/close", async (Guid id, CloseConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(new CloseConversation(id), ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("CloseConversation");
}
