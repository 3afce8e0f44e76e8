using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>A text message stands in the same conversation as the contact's mail.</summary>
[Work("Putting a text message into its conversation")]
public sealed class WhenTextReceived(IReceivedTexts texts, TextFiles files, IContactDirectory contacts, Inbox inbox) : ISubscriber<TextReceived>
{
    public async Task When(TextReceived told, CancellationToken ct)
    {
        // Of a stranger who wants nothing no contact is made, and no conversation.
        var externalId = $"text:{told.TextId}";
        if (told.ContactId is not { } wrote || await inbox.Known(externalId, ct) is not null)
            return;
        // Its sender was forgotten meanwhile.
        if ((await texts.Read([told.TextId], ct)).GetValueOrDefault(told.TextId) is not { } body)
            return;
        // Before the conversation is touched: it comes over the net. While the carrier does not answer the text waits a little, and is tried again.
        var given = await files.Of(body, ct);
        // Two contacts may have become one meanwhile: then whoever has the number now.
        var contact = (await contacts.Cards([wrote], ct)).ContainsKey(wrote) ? wrote : (await contacts.FindOrCreate(new ContactDraft { Phone = body.From, Source = "Text message" }, ct)).Value;
        await inbox.Put(contact, Channels.Sms, externalId, new MessageText("", body.Text) { Address = body.From, Files = [.. given.Select(f => f.Name)] }, body.At, ct, given);
    }
}

/// <summary>The carrier said what became of a text: whoever has the thread open sees it.</summary>
[Work("Showing what became of a text message")]
public sealed class WhenTextDelivered(PluraDb db, ConversationNews news, RepliesEnd ends) : ISubscriber<TextDelivered>
{
    public Task When(TextDelivered told, CancellationToken ct) =>
        told.OriginId is { } reply && told.Origin == Reply.Origin ? ends.Of(Reply.Origin, reply, late: true, ct) : ContactThreads.Ring(db, news, told.ContactId, ct);
}
