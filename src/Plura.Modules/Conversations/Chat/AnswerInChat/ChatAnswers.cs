using Plura.Accounts.Contracts;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>
/// Answers in the chat, at once: whoever waits before a page does not wait ten seconds for us to change our mind. It passes the gate and the ledger as
/// everything does; what the visitor did not see goes to them by e-mail later (<see cref="MailUnseenAnswers"/>).
/// </summary>
public sealed class ChatAnswers(PluraDb db, ConversationNews news, MessageSeal seal, MessageWords index, ISendLedger ledger, IAccountDirectory accounts, Actor actor, TimeProvider clock)
{
    /// <summary>The visitor whom an answer reaches: the one heard of last, where the contact wrote last by chat.</summary>
    public async Task<ChatSession?> Visitor(Conversation conversation, CancellationToken ct) =>
        conversation.Channel == Channels.Chat ? await db.LastVisitor(conversation.Id, ct) : null;

    public async Task<Result<Guid>> Answer(Conversation conversation, ChatSession visitor, string body, CancellationToken ct, bool byRule = false)
    {
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this scope does not exist.");
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var text = new MessageText(Reply.Subject($"Your chat with {account.Name}", account.Name), body) { Automatic = byRule };
        var message = Message.ToVisitor(id, conversation, visitor, byRule || actor.Kind != ActorKind.User ? null : actor.Id, await seal.Seal(conversation.ContactId, id, text, ct), now);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Messages.Add(message);
        index.Know(message, text);
        if (byRule)
            conversation.Tell(message, now);
        else
            conversation.Answer(message, now);
        if (!byRule && conversation.ContactId != visitor.Id)
            db.Publish(new MessageWritten(id, conversation.Id, conversation.ContactId));
        db.Enqueue(new MailUnseenAnswers(id), now + ChatSession.GoneAfter);
        if (await news.Save(conversation.Id, ct) is { } refused)
            return refused;
        await ledger.PlanOne(new SendPlan(IChatLines.Origin, id, await ledger.WriteChat(ct), RatePerMinute: null, now), conversation.ContactId, visitor.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return id;
    }
}
