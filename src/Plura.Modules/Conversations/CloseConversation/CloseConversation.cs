using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Nothing more is to be done in it. When the contact writes again it opens by itself.</summary>
public sealed record CloseConversation(Guid Id);

public sealed class CloseConversationHandler(PluraDb db, ConversationNews news)
{
    public async Task<Result> Handle(CloseConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        // A second press of the same button, or a colleague with the same idea.
        if (found.Value.State == ConversationStates.Closed)
            return Result.Done;
        found.Value.Close();
        return await news.Save(command.Id, ct) is { } refused ? refused : Result.Done;
    }
}

public static class CloseConversationEndpoint
{
    public static void MapCloseConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/close", async (Guid id, CloseConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(new CloseConversation(id), ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("CloseConversation");
}
