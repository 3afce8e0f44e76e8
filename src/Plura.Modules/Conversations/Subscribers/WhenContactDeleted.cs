using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A contact in the bin takes its conversation out of the inbox; it comes back with the contact.</summary>
[Work("Taking the conversation of a deleted contact out of the inbox")]
public sealed class WhenContactDeleted(PluraDb db, IContactDirectory contacts, ConversationNews news, TimeProvider clock) : ISubscriber<ContactDeleted>
{
    public async Task When(ContactDeleted told, CancellationToken ct)
    {
        // News may come late or twice: a contact that is back by now keeps its conversation.
        if ((await contacts.Cards([told.ContactId], ct)).ContainsKey(told.ContactId))
            return;
        var now = clock.GetUtcNow();
        await db.Conversations.Where(c => c.ContactId == told.ContactId && c.ContactGoneAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.ContactGoneAt, now).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await ContactThreads.Ring(db, news, told.ContactId, ct);
    }
}

/// <summary>A contact came back from the bin, and with it its conversation.</summary>
[Work("Bringing the conversation of a restored contact back")]
public sealed class WhenContactRestored(PluraDb db, IContactDirectory contacts, ConversationNews news) : ISubscriber<ContactRestored>
{
    public async Task When(ContactRestored told, CancellationToken ct)
    {
        if (!(await contacts.Cards([told.ContactId], ct)).ContainsKey(told.ContactId))
            return;
        await db.Conversations.Where(c => c.ContactId == told.ContactId && c.ContactGoneAt != null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.ContactGoneAt, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await ContactThreads.Ring(db, news, told.ContactId, ct);
    }
}

/// <summary>A contact that does not come back from the bin takes along what was written with them.</summary>
[Work("Forgetting the conversation of a contact that is gone for good")]
public sealed class WhenContactEnded(PluraDb db, MessageFiles files) : ISubscriber<ContactEnded>
{
    public async Task When(ContactEnded told, CancellationToken ct)
    {
        foreach (var gone in await db.Conversations.Where(c => c.ContactId == told.ContactId && c.ContactGoneAt != null).Select(c => c.Id).ToListAsync(ct))
        {
            await files.Forget(gone, ct);
            await db.Conversations.Where(c => c.Id == gone && c.ContactGoneAt != null).ExecuteDeleteAsync(ct);
        }
    }
}

internal static class ContactThreads
{
    public static async Task Ring(PluraDb db, ConversationNews news, Guid contact, CancellationToken ct)
    {
        foreach (var conversation in await db.Conversations.Where(c => c.ContactId == contact).Select(c => c.Id).ToListAsync(ct))
            await news.Ring(conversation, ct);
    }
}
