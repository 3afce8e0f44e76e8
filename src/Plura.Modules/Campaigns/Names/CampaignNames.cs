using Microsoft.EntityFrameworkCore;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Names of campaigns for the audit log.</summary>
public sealed class CampaignNames(PluraDb db) : INameThings
{
    public string Kind => "campaign";

    public string Gone => "a campaign that was deleted";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Campaigns.AsNoTracking().Where(c => c.TenantId == db.Tenant.Id && ids.Contains(c.Id)).Select(c => new { c.Id, c.Name })
            .ToDictionaryAsync(c => c.Id, c => new NamedThing($"“{c.Name}”", $"campaigns/{c.Id}"), ct);
}
