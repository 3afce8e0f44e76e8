using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>An address that bounced for good is not written to again.</summary>
[Work("Marking an address that takes no mail")]
public sealed class SuppressDeadAddress(PluraDb db, ISuppression suppression) : ISubscriber<MessageBounced>
{
    public async Task When(MessageBounced news, CancellationToken ct)
    {
        var key = await db.Sends.Where(s => s.TenantId == db.Tenant.Id && s.Id == news.SendId).Select(s => (Guid?)s.AddressKey).FirstOrDefaultAsync(ct);
        if (key is not { } address)
            return;
        var code = await db.Sends.Where(s => s.TenantId == db.Tenant.Id && s.Id == news.SendId).Select(s => s.LastCode).FirstOrDefaultAsync(ct);
        await suppression.Add(address, Channels.Email, SuppressionReasons.HardBounce, code is { } number ? $"The receiving server answered {number}." : "The receiving server refused the address.", ct);
    }
}
