using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Brings a closed or snoozed conversation back among those that wait.</summary>
public sealed record ReopenConversation(Guid Id);

public sealed class ReopenConversationHandler(ConversationNews news)
{
    public async Task<Result> Handle(ReopenConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await news.Change(command.Id, c => c.Reopen(), ct);
    }
}

public static class ReopenConversationEndpoint
{
    public static void MapReopenConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/reopen", async (Guid id, ReopenConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(new ReopenConversation(id), ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("ReopenConversation");
}
