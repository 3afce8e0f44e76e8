using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>An address or a number that bounced for good is not written to again.</summary>
[Work("Marking an address that takes no messages")]
public sealed class SuppressDeadAddress(PluraDb db, ISuppression suppression) : ISubscriber<MessageBounced>
{
    public async Task When(MessageBounced news, CancellationToken ct)
    {
        var dead = await db.Sends.Where(s => s.TenantId == db.Tenant.Id && s.Id == news.SendId)
            .Join(db.Contents, s => s.ContentId, c => c.Id, (s, c) => new { s.AddressKey, s.LastCode, c.Channel }).FirstOrDefaultAsync(ct);
        if (dead is null)
            return;
        var who = dead.Channel == Channels.Sms ? "phone company" : "receiving server";
        await suppression.Add(dead.AddressKey, dead.Channel, SuppressionReasons.HardBounce, dead.LastCode is { } number ? $"The {who} answered {number}." : $"The {who} refused the address.", ct);
    }
}
