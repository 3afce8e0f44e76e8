using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Puts what a contact wrote, by whatever channel, into their one conversation. The id from outside says whether it came before.</summary>
public sealed class Inbox(PluraDb db, MessageSeal seal, MessageWords index, ConversationNews news)
{
    /// <summary>The advisory lock class: of two messages that a contact sends at once, the second finds the conversation of the first.</summary>
    private const int OneAtATime = 20572;

    public Task<Message?> Known(string externalId, CancellationToken ct) => db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.ExternalId == externalId, ct);

    /// <param name="contact">Who wrote it.</param>
    /// <param name="channel">See <see cref="Privacy.Contracts.Channels"/>.</param>
    /// <param name="externalId">Under which it is known outside.</param>
    /// <param name="words">What it says.</param>
    /// <param name="at">When it came.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Message> Put(Guid contact, string channel, string externalId, MessageText words, DateTimeOffset at, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OneAtATime}, hashtext({contact.ToString()}))", ct);
        var conversation = await Waiting(contact, channel, at, ct);
        var id = Guid.CreateVersion7(at);
        var message = Message.In(id, conversation, channel, externalId, await seal.Seal(conversation.ContactId, id, words, ct), at);
        db.Messages.Add(message);
        index.Know(message, words);
        if (words.Automatic)
        {
            conversation.ReceiveAutomatic(message, at);
        }
        else
        {
            conversation.Receive(message, at);
            db.Publish(new MessageReceived(message.Id, conversation.Id, contact));
        }

        await db.SaveChangesAsync(ct);
        await news.Ring(conversation.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return message;
    }

    /// <summary>The one that is not closed; else the newest, which opens again; else a new one.</summary>
    private async Task<Conversation> Waiting(Guid contact, string channel, DateTimeOffset at, CancellationToken ct)
    {
        var theirs = db.Conversations.Where(c => c.ContactId == contact);
        if (await theirs.FirstOrDefaultAsync(c => c.State != ConversationStates.Closed, ct) is { } open)
            return open;
        if (await theirs.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(ct) is { } closed)
            return closed;
        var begun = Conversation.Begin(contact, channel, at);
        db.Conversations.Add(begun);
        return begun;
    }
}
