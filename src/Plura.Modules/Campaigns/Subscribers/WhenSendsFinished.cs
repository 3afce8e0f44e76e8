using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

[Work("Closing a campaign that has gone out", Page = "campaigns/{OriginId}")]
public sealed class WhenSendsFinished(PluraDb db, CampaignNews tell, TimeProvider clock) : ISubscriber<SendsFinished>
{
    public async Task When(SendsFinished news, CancellationToken ct)
    {
        if (news.Origin != Campaign.Origin || (await db.FindCampaign(news.OriginId, ct)) is not { Ok: true, Value: var campaign })
            return;
        if (campaign.State is not (CampaignStates.Sending or CampaignStates.Paused))
            return;
        campaign.Finish(clock.GetUtcNow());
        tell.Finished(campaign);
        await db.SaveChangesAsync(ct);
    }
}

[Work("Pausing a campaign that met too many failures", Page = "campaigns/{OriginId}")]
public sealed class WhenSendsPaused(PluraDb db, CampaignNews tell) : ISubscriber<SendsPaused>
{
    public async Task When(SendsPaused news, CancellationToken ct)
    {
        if (news.Origin != Campaign.Origin || (await db.FindCampaign(news.OriginId, ct)) is not { Ok: true, Value: var campaign })
            return;
        if (campaign.State != CampaignStates.Sending)
            return;
        campaign.Pause(news.Reason);
        tell.Paused(campaign);
        await db.SaveChangesAsync(ct);
    }
}
