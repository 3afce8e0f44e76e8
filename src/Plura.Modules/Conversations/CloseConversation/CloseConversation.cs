using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Nothing more is to be done in it. When the contact writes again it opens by itself.</summary>
public sealed record CloseConversation(Guid Id);

public sealed class CloseConversationHandler(ConversationNews news)
{
    public async Task<Result> Handle(CloseConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await news.Change(command.Id, c => c.Close(), ct);
    }
}

public static class CloseConversationEndpoint
{
    public static void MapCloseConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/close", async (Guid id, CloseConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(new CloseConversation(id), ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("CloseConversation");
}
