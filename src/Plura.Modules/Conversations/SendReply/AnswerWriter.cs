using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>What is to be written to a contact.</summary>
/// <param name="Channel"><c>email</c> or <c>sms</c>.</param>
/// <param name="Body">Plain text as it is kept.</param>
/// <param name="Later">When it is to leave; null for in ten seconds.</param>
/// <param name="Author">The person who writes it; null for a program.</param>
public sealed record AnswerWords(string Channel, string Body, DateTimeOffset? Later, Guid? Author)
{
    public IReadOnlyList<GivenFile> Files { get; init; } = [];

    /// <summary>Of a letter; null for that of theirs, with Re: before it.</summary>
    public string? Subject { get; init; }

    /// <summary>It begins a matter of its own, and answers none of their letters.</summary>
    public bool Begins { get; init; }

    /// <summary>Nobody wrote it: the conversation waits for an answer as before, and mail programs are told not to answer it.</summary>
    public bool ByRule { get; init; }
}

/// <summary>Writes a letter or a text message into a conversation and plans it in the send ledger, in the open transaction or one of its own.</summary>
public sealed class AnswerWriter(
    PluraDb db, ConversationNews news, MessageSeal seal, MessageWords index, MessageFiles files, ISendLedger ledger, IContactDirectory contacts, IAccountDirectory accounts, InboundMail inbound, TimeProvider clock)
{
    /// <summary>Something that the business says by itself, by the channel at which they wrote last; whoever left a web chat gets a letter.</summary>
    public Task<Result<Guid>> ByRule(Conversation conversation, string text, CancellationToken ct) =>
        Write(conversation, new AnswerWords(conversation.Channel == Channels.Sms ? Channels.Sms : Channels.Email, MessageText.Typed(text), Later: null, Author: null) { ByRule = true }, ct);

    public async Task<Result<Guid>> Write(Conversation conversation, AnswerWords answer, CancellationToken ct)
    {
        if (answer.Channel == Channels.Sms && answer.Body.Length > TextContent.Longest)
            return Refusal.Invalid("reply.too_long", $"A text message has at most {TextContent.Longest:N0} characters. Shorten it, or answer by e-mail.", nameof(SendReply.Text));
        var (last, words) = await Last(conversation.Id, answer.Channel, ct);
        if (await Point(conversation.ContactId, answer.Channel, words?.Address, ct) is not { } point)
            return Reply.NoAddress(answer.Channel);
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this scope does not exist.");

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var text = new MessageText(answer.Channel == Channels.Sms ? "" : answer.Subject ?? Reply.Subject(words?.Subject, account.Name), answer.Body)
        {
            Address = point.Value,
            Files = [.. answer.Files.Select(f => f.Name)],
            InReplyTo = !answer.Begins && last?.ExternalId is { } earlier && earlier.Contains('@', StringComparison.Ordinal) ? earlier : null,
            Automatic = answer.ByRule,
        };
        var message = Message.Out(id, conversation, answer.Channel, answer.Author, await seal.Seal(conversation.ContactId, id, text, ct), now, answer.Later);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Messages.Add(message);
        index.Know(message, text);
        await files.Keep(message, answer.Files, ct);
        if (answer.ByRule)
            conversation.Tell(message, now);
        else
            conversation.Answer(message, now);
        // What a rule says answers nothing.
        if (!answer.ByRule)
            db.Publish(new MessageWritten(message.Id, conversation.Id, conversation.ContactId));
        if (await news.Save(conversation.Id, ct) is { } refused)
            return refused;
        var content = answer.Channel == Channels.Sms ? await ledger.WriteText(Reply.Text, ct) : await ledger.Write(Reply.Letter(account, inbound.AddressOf(account)), ct);
        if (content.Refusal is { } unwritten)
            return unwritten;
        await ledger.PlanOne(new SendPlan(Reply.Origin, message.Id, content.Value, RatePerMinute: null, answer.Later ?? now + Reply.UndoFor), conversation.ContactId, point.ContactPointId, ct);
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
