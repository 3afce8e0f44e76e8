using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>A closed account sends nothing: what is going out pauses, what waits for its time is a draft again. Opened again, nothing leaves by itself.</summary>
[Work("Stopping the campaigns of a closed account", Page = "campaigns")]
public sealed class WhenAccountClosed(PluraDb db, CampaignSteering steering, ISendLedger ledger) : ISubscriber<AccountClosed>
{
    private const string Why = "The account was closed.";

    public async Task When(AccountClosed news, CancellationToken ct)
    {
        var running = await db.Campaigns.AsNoTracking().Where(c => c.State == CampaignStates.Sending || c.State == CampaignStates.Scheduled).Select(c => new { c.Id, c.State }).ToListAsync(ct);
        foreach (var campaign in running)
        {
            if (campaign.State == CampaignStates.Scheduled)
                await steering.Steer(campaign.Id, CampaignActs.Unscheduled, Stop, ct);
            else
                await steering.Steer(campaign.Id, CampaignActs.Paused, Stop, ct, () => ledger.Pause(Campaign.Origin, campaign.Id, Why, ct));
        }
    }

    private static Refusal? Stop(Campaign campaign)
    {
        if (campaign.State == CampaignStates.Scheduled)
            campaign.Unschedule();
        else if (campaign.State == CampaignStates.Sending)
            campaign.Pause(Why);
        return null;
    }
}
