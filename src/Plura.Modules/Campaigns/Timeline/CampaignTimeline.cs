using Microsoft.EntityFrameworkCore;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Campaigns in a contact's story: "Spring offer was delivered", with the reason and the way to the whole decision.</summary>
public sealed class CampaignTimeline(PluraDb db, IContactSends sends) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Messages;

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var mine = await sends.OfContact(Campaign.Origin, contactId, from.At, from.Id, limit, ct);
        var ids = mine.Select(s => s.OriginId).Distinct().ToList();
        var names = await db.Campaigns.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return [.. mine.Select(s => Entry(s, names.GetValueOrDefault(s.OriginId, "A campaign")))];
    }

    private static TimelineEntry Entry(ContactSend send, string name)
    {
        var (icon, title) = send.Told(name);
        return new TimelineEntry(send.SendId, send.At, "message", icon, title, SendWords.Outcome(send.State, send.Reason), $"campaigns/{send.OriginId}/why/{send.ContactId}");
    }
}
