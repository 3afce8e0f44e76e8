using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Takes the messages of another conversation with the same contact in. The other one has to be closed, and its address leads here from then on.</summary>
public sealed record MergeConversation(Guid Id, Guid Other);

public sealed class MergeConversationHandler(PluraDb db, Inbox inbox, MovedMessages messages, ConversationNews news, TimeProvider clock)
{
    /// <summary>Answers the merge's id, by which it is taken back.</summary>
    public async Task<Result<Guid>> Handle(MergeConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var conversation = found.Value;
        await inbox.Alone(conversation.ContactId, ct);
        if (command.Other == command.Id || await db.LiveConversations.SingleOrDefaultAsync(c => c.Id == command.Other, ct) is not { } other)
            return ConversationRefusals.Missing;
        if (other.ContactId != conversation.ContactId)
            return Refusal.Invalid("conversation.other_contact", "These are conversations with two contacts. Make the contacts one: their conversations come along.", nameof(command.Other));
        if (other.State != ConversationStates.Closed)
            return Refusal.Conflict("conversation.not_closed", "The other conversation is not closed. Open that one, and take this one in there.");
        var now = clock.GetUtcNow();
        var theirs = await db.Messages.Where(m => m.ConversationId == other.Id).Select(m => m.Id).ToListAsync(ct);
        await messages.Move(theirs, other.Id, conversation.Id, ct);
        var merge = ConversationMerge.Of(conversation.Id, other.Id, theirs, now);
        db.ConversationMerges.Add(merge);
        other.JoinInto(conversation.Id);
        await messages.Tell(conversation, ct);
        if (await news.Save(conversation.Id, ct) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return merge.Id;
    }
}

/// <summary>Parts two conversations that became one. What was written since stays where it was written.</summary>
public sealed record PartConversation(Guid Merge);

public sealed class PartConversationHandler(PluraDb db, Inbox inbox, MovedMessages messages, ConversationNews news, TimeProvider clock)
{
    public async Task<Result> Handle(PartConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.ConversationMerges.SingleOrDefaultAsync(m => m.Id == command.Merge, ct) is not { } merge)
            return Refusal.NotFound("merge.missing", "This is not known any more.");
        if (merge.UndoneAt is not null)
            return Result.Done;
        var found = await db.FindConversation(merge.ConversationId, ct);
        if (found.Refusal is { } missing)
            return missing;
        var conversation = found.Value;
        await inbox.Alone(conversation.ContactId, ct);
        var other = await db.Conversations.SingleAsync(c => c.Id == merge.OtherId, ct);
        await messages.Move(merge.Messages, conversation.Id, other.Id, ct);
        merge.Undo(clock.GetUtcNow());
        other.Part();
        await messages.Tell(other, ct);
        await messages.Tell(conversation, ct);
        if (await news.Save(conversation.Id, ct) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class MergeConversationEndpoint
{
    public static void MapMergeConversation(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/conversations/{id:guid}/merge", async (Guid id, MergeWith with, MergeConversationHandler handler, CancellationToken ct) =>
        {
            var merged = await handler.Handle(new MergeConversation(id, with.Other), ct);
            return merged.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new Merged(merged.Value));
        }).RequirePermission("conversations.write").WithName("MergeConversation");

        routes.MapPost("/api/v1/conversation-merges/{merge:guid}/undo", async (Guid merge, PartConversationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new PartConversation(merge), ct)).Answer()).RequirePermission("conversations.write").WithName("PartConversation");
    }
}

/// <param name="Other">The conversation whose messages come along.</param>
public sealed record MergeWith(Guid Other);

/// <param name="Merge">By this it is taken back.</param>
public sealed record Merged(Guid Merge);
