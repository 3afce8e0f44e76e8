using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>The campaigns by which a list can ask who opened or clicked: those that went out or are going out.</summary>
internal sealed class NewestCampaigns(PluraDb db) : IActivityThings, IThings
{
    public string Kind => "campaign";

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) => [.. (await Newest(ct)).Select(c => new Thing(c.Id, c.Name))];

    public async Task<IReadOnlyList<ActivityThing>> Newest(CancellationToken ct) =>
        await db.Campaigns.AsNoTracking().Where(c => c.State != CampaignStates.Draft && c.State != CampaignStates.Scheduled)
            .OrderByDescending(c => c.Id).Take(100).Select(c => new ActivityThing(c.Id, c.Name)).ToListAsync(ct);
}
