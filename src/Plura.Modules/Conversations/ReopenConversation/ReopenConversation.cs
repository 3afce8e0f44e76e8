using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Brings a closed or snoozed conversation back among those that wait.</summary>
public sealed record ReopenConversation(Guid Id);

public sealed class ReopenConversationHandler(PluraDb db, ConversationNews news)
{
    public async Task<Result> Handle(ReopenConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        if (found.Value.State == ConversationStates.Open)
            return Result.Done;
        found.Value.Reopen();
        return await news.Save(command.Id, ct) is { } refused ? refused : Result.Done;
    }
}

public static class ReopenConversationEndpoint
{
    public static void MapReopenConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/reopen", async (Guid id, ReopenConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(new ReopenConversation(id), ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("ReopenConversation");
}
