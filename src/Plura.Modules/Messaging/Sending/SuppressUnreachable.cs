using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>An address to which three messages in a row could not be brought is not written to again: a mailbox that nobody empties never says that it is dead.</summary>
[Work("Marking an address that has taken no message for long")]
public sealed class SuppressUnreachable(PluraDb db, ISuppression suppression) : ISubscriber<MessageGivenUp>
{
    /// <summary>So many in a row.</summary>
    public const int Most = 3;

    public async Task When(MessageGivenUp news, CancellationToken ct)
    {
        var lost = await db.Sends.Where(s => s.TenantId == db.Tenant.Id && s.Id == news.SendId)
            .Join(db.Contents, s => s.ContentId, c => c.Id, (s, c) => new { s.ContactId, s.AddressKey, c.Channel }).FirstOrDefaultAsync(ct);
        if (lost is null)
            return;
        var last = await db.Sends.Where(s => s.TenantId == db.Tenant.Id && s.ContactId == lost.ContactId && s.AddressKey == lost.AddressKey && (s.State == SendStates.Accepted || s.State == SendStates.Bounced))
            .OrderByDescending(s => s.FinishedAt).Take(Most).Select(s => s.Reason).ToListAsync(ct);
        if (last.Count == Most && last.TrueForAll(reason => reason == Outcomes.GaveUp))
            await suppression.Add(lost.AddressKey, lost.Channel, SuppressionReasons.HardBounce, "Three messages in a row could not be brought there.", ct);
    }
}
