using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Puts what a contact wrote, by whatever channel, into their one conversation. The id from outside says whether it came before.</summary>
public sealed class Inbox(PluraDb db, MessageSeal seal, MessageWords index, MessageFiles files, InboxRules rules, ConversationNews news)
{
    /// <summary>The advisory lock class: of two messages that a contact sends at once, the second finds the conversation of the first.</summary>
    private const int OneAtATime = 20572;

    public Task<Message?> Known(string externalId, CancellationToken ct) => db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.ExternalId == externalId, ct);

    /// <param name="contact">Who wrote it.</param>
    /// <param name="channel">See <see cref="Channels"/>.</param>
    /// <param name="externalId">Under which it is known outside.</param>
    /// <param name="words">What it says.</param>
    /// <param name="at">When it came.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="given">What came along; its names stand in the words.</param>
    public async Task<Message> Put(Guid contact, string channel, string externalId, MessageText words, DateTimeOffset at, CancellationToken ct, IReadOnlyList<GivenFile>? given = null)
    {
        try
        {
            return await Put(contact, channel, words, given ?? [], (id, conversation, sealedWords) => Message.In(id, conversation, channel, externalId, sealedWords, at), at, ct);
        }
        catch
        {
            // Whoever tries again writes the files anew.
            files.Drop();
            throw;
        }
    }

    /// <summary>The same from a visitor of the web chat.</summary>
    /// <param name="with">The contact that they said to be; before that, their session.</param>
    /// <param name="session">Their session.</param>
    /// <param name="externalId">Under which it is known outside.</param>
    /// <param name="words">What it says.</param>
    /// <param name="at">When it came.</param>
    /// <param name="ct">Stops it.</param>
    public Task<Message> Put(Guid with, ChatSession session, string externalId, MessageText words, DateTimeOffset at, CancellationToken ct) =>
        Put(with, Channels.Chat, words, [], (id, conversation, sealedWords) =>
        {
            session.WriteIn(conversation.Id);
            return Message.FromVisitor(id, conversation, session, externalId, sealedWords, at);
        }, at, ct);

    private async Task<Message> Put(Guid with, string channel, MessageText words, IReadOnlyList<GivenFile> given, Func<Guid, Conversation, byte[], Message> write, DateTimeOffset at, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await Alone(with, ct);
        var conversation = await Find(with, ct) ?? Begin(with, channel, at);
        var id = Guid.CreateVersion7(at);
        var message = write(id, conversation, await seal.Seal(conversation.ContactId, id, words, ct));
        db.Messages.Add(message);
        index.Know(message, words);
        await files.Keep(message, given, ct);
        if (words.Automatic)
        {
            conversation.ReceiveAutomatic(message, at);
        }
        else
        {
            conversation.Receive(message, at);
            await rules.Came(conversation, at, ct);
            // A visitor whom nobody knows is no contact, and nobody's automation waits for them.
            if (with != message.SessionId)
                db.Publish(new MessageReceived(message.Id, conversation.Id, with, channel));
        }

        await db.SaveChangesAsync(ct);
        await news.Ring(conversation.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return message;
    }

    /// <summary>Until the end of the transaction nobody else changes which conversations there are with this contact.</summary>
    public Task Alone(Guid contact, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OneAtATime}, hashtext({contact.ToString()}))", ct);

    /// <summary>The contact's conversation that is not closed; else their newest, which opens again; null where there is none.</summary>
    public async Task<Conversation?> Find(Guid contact, CancellationToken ct)
    {
        var theirs = db.Conversations.Where(c => c.ContactId == contact && c.JoinedInto == null);
        return await theirs.FirstOrDefaultAsync(c => c.State != ConversationStates.Closed, ct)
            ?? await theirs.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(ct);
    }

    private Conversation Begin(Guid contact, string channel, DateTimeOffset at)
    {
        var begun = Conversation.Begin(contact, channel, at);
        db.Conversations.Add(begun);
        return begun;
    }
}
