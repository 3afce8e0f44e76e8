using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Looks whether an answer in the chat was seen. Where its visitor has left, and gave an address, it goes there by e-mail, with all others that they did not see.</summary>
/// <param name="MessageId">The answer.</param>
public sealed record MailUnseenAnswers(Guid MessageId) : IJob;

[Work("Mailing an answer that the visitor of the web chat did not see")]
public sealed class MailUnseenAnswersHandler(PluraDb db, ConversationNews news, ISendLedger ledger, IContactDirectory contacts, IAccountDirectory accounts, InboundMail inbound, TimeProvider clock) : IJobHandler<MailUnseenAnswers>
{
    /// <summary>Somebody who keeps their page open for so long without a stream of it taking the answer will not look any more.</summary>
    private static readonly TimeSpan LooksFor = TimeSpan.FromDays(1);

    public async Task Run(MailUnseenAnswers job, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var answer = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == job.MessageId && m.SeenAt == null && m.MailedWith == null && m.TakenBackAt == null, ct);
        if (answer?.SessionId is not { } session || await db.ChatSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == session, ct) is not { } visitor)
            return;
        if (!visitor.Gone(now) || answer.HandedAt is null)
        {
            // Here, or just gone, or the gate lets it wait: looked at again when that may have changed.
            if (now - answer.OccurredAt < LooksFor)
            {
                db.Enqueue(job, now + ChatSession.GoneAfter);
                await db.SaveChangesAsync(ct);
            }

            return;
        }

        if (await Address(answer, visitor, ct) is not var (contact, point))
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // What a stream takes at this very moment is not mailed, and what is mailed is not noted as seen: both ask in the statement that changes the row.
        var mailed = await db.Messages.Where(m => m.SessionId == session && m.Direction == Directions.Out && m.HandedAt != null && m.SeenAt == null && m.MailedWith == null && m.TakenBackAt == null)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.MailedWith, answer.Id), ct);
        if (mailed == 0)
            return;
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this job does not exist.");
        var letter = await ledger.Write(Reply.Letter(account, inbound.AddressOf(account)), ct);
        if (letter.Refusal is { } unwritten)
            throw new InvalidOperationException($"A reply's letter was refused: {unwritten.Code}.");
        await ledger.PlanOne(new SendPlan(Reply.Origin, answer.Id, letter.Value, RatePerMinute: null, now), contact, point, ct);
        await news.Ring(answer.ConversationId, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The contact, and the address that the visitor gave, where it is still theirs.</summary>
    private async Task<(Guid Contact, Guid Point)?> Address(Message answer, ChatSession visitor, CancellationToken ct)
    {
        if (visitor.AnswerPointId is not { } point || await db.LiveConversations.Where(c => c.Id == answer.ConversationId).Select(c => (Guid?)c.ContactId).SingleOrDefaultAsync(ct) is not { } contact)
            return null;
        return (await contacts.Addresses(contact, ct)).Any(a => a.ContactPointId == point) ? (contact, point) : null;
    }
}
