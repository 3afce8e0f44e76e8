using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Answers the contact, by mail or by text. It leaves ten seconds later, through the gate as everything does; until then it can be taken back.</summary>
public sealed record SendReply
{
    /// <summary>The conversation.</summary>
    public Guid Id { get; set; }

    /// <summary><c>email</c> or <c>sms</c>; null for the channel by which the contact wrote last.</summary>
    [RegularExpression("email|sms", ErrorMessage = "An answer goes by “email” or “sms”.")]
    public string? Channel { get; set; }

    /// <summary>Plain text; line breaks stay.</summary>
    [Required(ErrorMessage = "Write something first."), StringLength(MessageText.Longest, ErrorMessage = "A message has at most 50,000 characters.")]
    public string Text { get; set; } = "";
}

public sealed class SendReplyHandler(PluraDb db, ConversationNews news, MessageSeal seal, MessageWords index, ISendLedger ledger, IContactDirectory contacts, IAccountDirectory accounts, InboundMail inbound, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(SendReply command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var conversation = found.Value;
        var channel = command.Channel ?? conversation.Channel;
        var body = MessageText.Typed(command.Text);
        if (channel == Channels.Sms && body.Length > TextContent.Longest)
            return Refusal.Invalid("reply.too_long", $"A text message has at most {TextContent.Longest:N0} characters. Shorten it, or answer by e-mail.", nameof(command.Text));
        var (last, words) = await Last(conversation.Id, channel, ct);
        if (await Point(conversation.ContactId, channel, words?.Address, ct) is not { } point)
            return Reply.NoAddress(channel);
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this scope does not exist.");

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var text = new MessageText(channel == Channels.Sms ? "" : Reply.Subject(words?.Subject, account.Name), body)
        {
            Address = point.Value,
            InReplyTo = last?.ExternalId is { } earlier && earlier.Contains('@', StringComparison.Ordinal) ? earlier : null,
        };
        var message = Message.Out(id, conversation, channel, actor.Kind == ActorKind.User ? actor.Id : null, await seal.Seal(conversation.ContactId, id, text, ct), now);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Messages.Add(message);
        index.Know(message, text);
        conversation.Answer(message, now);
        db.Publish(new MessageWritten(message.Id, conversation.Id, conversation.ContactId));
        if (await news.Save(conversation.Id, ct) is { } refused)
            return refused;
        var content = channel == Channels.Sms ? await ledger.WriteText(Reply.Text, ct) : await ledger.Write(Reply.Letter(account, inbound.AddressOf(account)), ct);
        if (content.Refusal is { } unwritten)
            return unwritten;
        await ledger.PlanOne(new SendPlan(Reply.Origin, message.Id, content.Value, RatePerMinute: null, now + Reply.UndoFor), conversation.ContactId, point.ContactPointId, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return message.Id;
    }

    /// <summary>The contact's newest message of the channel, and what it says; what was erased says nothing.</summary>
    private async Task<(Message? Message, MessageText? Words)> Last(Guid conversation, string channel, CancellationToken ct)
    {
        var last = await db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation && m.Direction == Directions.In && m.Channel == channel)
            .OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).FirstOrDefaultAsync(ct);
        return (last, last is null ? null : await seal.Open(last, ct));
    }

    /// <summary>The address from which they wrote, where it is still theirs; else their main one.</summary>
    private async Task<ContactAddress?> Point(Guid contact, string channel, string? wroteFrom, CancellationToken ct)
    {
        var all = (await contacts.Addresses(contact, ct)).Where(a => a.Channel == channel).ToList();
        var same = wroteFrom is null ? [] : await contacts.Typed(contact, channel == Channels.Email ? wroteFrom : null, channel == Channels.Sms ? wroteFrom : null, ct);
        return all.Find(a => same.Any(s => s.ContactPointId == a.ContactPointId)) ?? all.Find(a => a.Primary) ?? all.FirstOrDefault();
    }
}
