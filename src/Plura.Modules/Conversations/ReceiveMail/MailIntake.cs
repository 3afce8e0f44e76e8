using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Puts a mail into the account's inbox: the contact, their conversation, the message, in one transaction.</summary>
public sealed class MailIntake(PluraDb db, IContactDirectory contacts, Inbox inbox, TimeProvider clock)
{
    /// <param name="mail">The mail.</param>
    /// <param name="reader">Whose mail program answered by itself, where the letter that it answers says so.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<Result<MailReceipt>> Take(ReceivedMail mail, Guid? reader, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await inbox.Known(mail.ExternalId, ct) is { } known)
            return new MailReceipt(db.Tenant.Id, known.ConversationId, known.Id, Repeated: true);
        // It answers a letter to somebody who is no contact, or is none any more: there is no thread for it, and nobody waits for it.
        if (reader is { } gone && !(await contacts.Cards([gone], ct)).ContainsKey(gone))
            return new MailReceipt(db.Tenant.Id, Guid.Empty, Guid.Empty, Repeated: false) { Report = Reported.Nothing };
        var contact = reader is { } them ? them : await contacts.FindOrCreate(WhoWrites.Draft(mail.Name, mail.From, "E-mail"), ct);
        if (contact.Refusal is { } refusal)
            return refusal;
        var message = await inbox.Put(contact.Value, Channels.Email, mail.ExternalId, mail.Text, clock.GetUtcNow(), ct, mail.Files);
        await transaction.CommitAsync(ct);
        return new MailReceipt(db.Tenant.Id, message.ConversationId, message.Id, Repeated: false);
    }
}
