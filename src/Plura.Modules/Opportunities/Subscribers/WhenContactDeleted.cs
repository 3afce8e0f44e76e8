using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>A contact in the bin takes its opportunities off the board; they keep their place, and come back with it.</summary>
[Work("Taking the opportunities of a deleted contact off the board")]
public sealed class WhenContactDeleted(PluraDb db, IContactDirectory contacts, ILive live, TimeProvider clock) : ISubscriber<ContactDeleted>
{
    public async Task When(ContactDeleted news, CancellationToken ct)
    {
        // News may come late or twice: a contact that is back by now keeps its opportunities.
        if ((await contacts.Cards([news.ContactId], ct)).ContainsKey(news.ContactId))
            return;
        var now = clock.GetUtcNow();
        await db.Opportunities.Where(o => o.ContactId == news.ContactId && o.ContactGoneAt == null)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.ContactGoneAt, now).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await ContactBoards.Ring(db, live, news.ContactId, ct);
    }
}

/// <summary>A contact came back from the bin, and with it its opportunities.</summary>
[Work("Bringing the opportunities of a restored contact back")]
public sealed class WhenContactRestored(PluraDb db, IContactDirectory contacts, ILive live) : ISubscriber<ContactRestored>
{
    public async Task When(ContactRestored news, CancellationToken ct)
    {
        if (!(await contacts.Cards([news.ContactId], ct)).ContainsKey(news.ContactId))
            return;
        await db.Opportunities.Where(o => o.ContactId == news.ContactId && o.ContactGoneAt != null)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.ContactGoneAt, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await ContactBoards.Ring(db, live, news.ContactId, ct);
    }
}

internal static class ContactBoards
{
    /// <summary>The boards on which a contact's cards stand show them, or no longer.</summary>
    public static async Task Ring(PluraDb db, ILive live, Guid contact, CancellationToken ct)
    {
        foreach (var pipeline in await db.Opportunities.Where(o => o.ContactId == contact).Select(o => o.PipelineId).Distinct().ToListAsync(ct))
            await live.Changed(BoardNews.Topic(pipeline), ct);
    }
}
