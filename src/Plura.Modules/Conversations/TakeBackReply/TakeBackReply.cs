using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Stops a reply that has not begun to leave. Nobody gets it, and its words stand in the conversation for whoever goes on.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Message">The reply.</param>
public sealed record TakeBackReply(Guid Id, Guid Message);

public sealed class TakeBackReplyHandler(PluraDb db, ConversationNews news, ISendLedger ledger, TimeProvider clock)
{
    public async Task<Result> Handle(TakeBackReply command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await db.FindConversation(command.Id, ct)).Refusal is { } missing)
            return missing;
        var message = await db.Messages.SingleOrDefaultAsync(m => m.Id == command.Message && m.ConversationId == command.Id && m.Direction == Directions.Out, ct);
        if (message is null)
            return Refusal.NotFound("reply.missing", "There is no such reply.");
        if (message.TakenBackAt is not null)
            return Result.Done;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await ledger.Cancel(Reply.Origin, message.Id, ct);
        // What has begun is brought to its end, and the ledger says so; then nothing of this stands.
        if (await ledger.Counts(Reply.Origin, message.Id, ct) is not { Cancelled: 1 })
        {
            if (transaction is not null)
                await transaction.RollbackAsync(ct);
            return Refusal.Conflict("reply.left", "It has left already, so it cannot be taken back.");
        }

        message.TakeBack(clock.GetUtcNow());
        if (await news.Save(command.Id, ct) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
