using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A reply has left, came back or was withheld: whoever has its thread open sees it.</summary>
[Work("Showing what became of a reply")]
public sealed class WhenReplyFinished(RepliesEnd ends) : ISubscriber<SendsFinished>
{
    public Task When(SendsFinished told, CancellationToken ct) => ends.Of(told.Origin, told.OriginId, late: false, ct);
}

/// <summary>An answer came back after all, or waits on its way: whoever has its thread open sees it.</summary>
[Work("Showing what became of a reply after it left")]
public sealed class WhenLetterReported(RepliesEnd ends) : ISubscriber<LetterReported>
{
    public Task When(LetterReported told, CancellationToken ct) => ends.Of(told.Origin, told.OriginId, late: true, ct);
}

/// <summary>What the end of a reply means for its conversation: whoever got it does not wait any more, and whom it did not reach waits as before.</summary>
public sealed class RepliesEnd(PluraDb db, MessageSeal seal, ISendLedger ledger, InboxRules rules, ConversationNews news, TimeProvider clock)
{
    /// <param name="origin">As in the send ledger; what is no reply is left alone.</param>
    /// <param name="reply">The message.</param>
    /// <param name="late">It had left already, and something was heard of it since.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Of(string origin, Guid reply, bool late, CancellationToken ct)
    {
        if (origin is not (Reply.Origin or IChatLines.Origin) || await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == reply, ct) is not { } message)
            return;
        // What the inbox says by itself answers nothing.
        if (await db.FindConversation(message.ConversationId, ct) is { Ok: true, Value: var conversation } && await seal.Open(message, ct) is { Automatic: false })
        {
            var before = conversation.Version;
            await End(conversation, message, await ledger.Counts(origin, reply, ct), late, ct);
            // Somebody does something with it at this moment: then the next try looks again.
            if (conversation.Version != before && await news.Save(conversation.Id, ct) is { } refused)
                throw new InvalidOperationException(refused.Code);
        }

        await news.Ring(message.ConversationId, ct);
    }

    private async Task End(Conversation conversation, Message message, SendCounts counts, bool late, CancellationToken ct)
    {
        var due = conversation.DueAt;
        var failed = counts is { Withheld: > 0 } or { Bounced: > 0 };
        if (failed)
            conversation.Fail(late && conversation.LastInboundAt is { } wrote && !await Answered(message, wrote, ct) ? await rules.Due(wrote, ct) : null);
        else if (!late && due is not null && counts.Accepted > 0)
            conversation.Answered(await Since(conversation, message, ct) is { } since ? await rules.Due(since, ct) : null);
        // What was told when it was due was put away when the answer was written, or was about another moment.
        if (conversation.DueAt is { } waits && (failed || waits != due))
            db.Enqueue(new TellOverdue(conversation.Id, waits), waits > clock.GetUtcNow() ? waits : null);
    }

    /// <summary>When they wrote first after the answer was written; null where they did not.</summary>
    private async Task<DateTimeOffset?> Since(Conversation conversation, Message message, CancellationToken ct) => conversation.LastInboundAt > message.OccurredAt
        ? await db.Messages.Where(m => m.ConversationId == conversation.Id && m.Direction == Directions.In && m.OccurredAt > message.OccurredAt).MinAsync(m => (DateTimeOffset?)m.OccurredAt, ct)
        : null;

    /// <summary>Somebody has answered them besides.</summary>
    private Task<bool> Answered(Message message, DateTimeOffset wrote, CancellationToken ct) => db.Messages.AnyAsync(
        m => m.ConversationId == message.ConversationId && m.Id != message.Id && m.Direction == Directions.Out && m.AuthorId != null && m.TakenBackAt == null && m.OccurredAt >= wrote, ct);
}
