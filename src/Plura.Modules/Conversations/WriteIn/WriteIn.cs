using Plura.Contacts.Contracts;
using Plura.Conversations.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

internal sealed class WriteIn(PluraDb db, IContactDirectory contacts, Inbox inbox, TimeProvider clock) : IWriteIn
{
    public async Task<Result<Guid>> Put(WrittenIn written, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await inbox.Known(written.Id, ct) is { } known)
            return known.ConversationId;
        var contact = await contacts.FindOrCreate(WhoWrites.Draft(written.Name, written.Email, written.Source), ct);
        if (contact.Refusal is { } refusal)
            return refusal;
        var message = await inbox.Put(contact.Value, Channels.Email, written.Id, new MessageText(written.Subject, MessageText.Typed(written.Text)) { Address = written.Email }, clock.GetUtcNow(), ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return message.ConversationId;
    }
}
