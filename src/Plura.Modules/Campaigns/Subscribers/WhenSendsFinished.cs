using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

[Work("Closing a campaign that has gone out", Page = "campaigns/{OriginId}")]
public sealed class WhenSendsFinished(PluraDb db, CampaignNews tell, LiveCampaigns live, IAudit audit, TimeProvider clock) : ISubscriber<SendsFinished>
{
    public async Task When(SendsFinished news, CancellationToken ct)
    {
        if (news.Origin != Campaign.Origin || (await db.FindCampaign(news.OriginId, ct)) is not { Ok: true, Value: var campaign })
            return;
        if (campaign.State is not (CampaignStates.Sending or CampaignStates.Paused))
            return;
        campaign.Finish(clock.GetUtcNow());
        audit.Note("campaigns.finished", campaign.Id);
        tell.Finished(campaign);
        await db.SaveChangesAsync(ct);
        await live.Changed(campaign.Id, ct);
    }
}

[Work("Pausing a campaign that met too many failures", Page = "campaigns/{OriginId}")]
public sealed class WhenSendsPaused(PluraDb db, CampaignNews tell, LiveCampaigns live, IAudit audit) : ISubscriber<SendsPaused>
{
    public async Task When(SendsPaused news, CancellationToken ct)
    {
        if (news.Origin != Campaign.Origin || (await db.FindCampaign(news.OriginId, ct)) is not { Ok: true, Value: var campaign })
            return;
        if (campaign.State != CampaignStates.Sending)
            return;
        campaign.Pause(news.Reason);
        audit.Note("campaigns.paused_itself", campaign.Id);
        tell.Paused(campaign);
        await db.SaveChangesAsync(ct);
        await live.Changed(campaign.Id, ct);
    }
}
