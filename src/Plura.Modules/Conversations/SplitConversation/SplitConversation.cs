using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Another matter begins with a message: what was written before it becomes a conversation of its own, which is closed. This one goes on with the message.</summary>
public sealed record SplitConversation(Guid Id, Guid Message);

public sealed class SplitConversationHandler(PluraDb db, Inbox inbox, MovedMessages messages, ConversationNews news, TimeProvider clock)
{
    /// <summary>Answers the id of the conversation that was made of what came before.</summary>
    public async Task<Result<Guid>> Handle(SplitConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var conversation = found.Value;
        await inbox.Alone(conversation.ContactId, ct);
        if (await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == command.Message && m.ConversationId == command.Id, ct) is not { } first)
            return Refusal.NotFound("message.missing", "This message does not stand in this conversation any more.");
        var (at, id) = (first.OccurredAt, first.Id);
        var there = db.Messages.Where(m => m.ConversationId == command.Id);
        var before = there.Where(m => m.OccurredAt < at || (m.OccurredAt == at && m.Id < id));
        if (await before.Select(m => m.Id).ToListAsync(ct) is not { Count: > 0 } ids)
            return Refusal.Invalid("conversation.nothing_before", "The conversation begins with this message: nothing stands before it.", nameof(command.Message));
        var earlier = conversation.Leave(clock.GetUtcNow());
        await MovedMessages.Tell(earlier, before, ct);
        await MovedMessages.Tell(conversation, there.Where(m => m.OccurredAt > at || (m.OccurredAt == at && m.Id >= id)), ct);
        db.Conversations.Add(earlier);
        if (await news.Save(command.Id, ct) is { } refused)
            return refused;
        await messages.Move(ids, command.Id, earlier.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return earlier.Id;
    }
}

public static class SplitConversationEndpoint
{
    public static void MapSplitConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/split", async (Guid id, SplitAt at, SplitConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
        {
            var split = await handler.Handle(new SplitConversation(id, at.Message), ct);
            return split.Refusal is { } refusal ? refusal.Problem() : Results.Ok(await conversations.One(split.Value, ct));
        }).RequirePermission("conversations.write").WithName("SplitConversation");
}

/// <param name="Message">The message with which another matter begins.</param>
public sealed record SplitAt(Guid Message);
