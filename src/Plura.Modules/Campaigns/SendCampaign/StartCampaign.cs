using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>Fixes the words, finds the people and plans one send for each. Doing it again plans nobody twice.</summary>
/// <param name="Launch">The scheduling it belongs to: a job of an earlier one does nothing.</param>
public sealed record StartCampaign(Guid CampaignId, int Launch) : IJob;

[Work("Start of a campaign", Page = "campaigns/{CampaignId}")]
public sealed class StartCampaignHandler(PluraDb db, IRecipients recipients, ISendLedger ledger, CampaignNews news, LiveCampaigns live, IAudit audit, TimeProvider clock) : IJobHandler<StartCampaign>
{
    public async Task Run(StartCampaign job, CancellationToken ct)
    {
        if ((await db.FindCampaign(job.CampaignId, ct)) is not { Ok: true, Value: var campaign })
            return;
        if (!campaign.IsUnderWay(job.Launch))
        {
            // Cancelled while an earlier try was planning: whom that try planned stays unsent.
            if (campaign.State == CampaignStates.Cancelled)
                await ledger.Cancel(Campaign.Origin, campaign.Id, ct);
            return;
        }

        // The rules of the zone may have changed since it was scheduled: the local time counts.
        if (campaign.State == CampaignStates.Scheduled && campaign.Due() is { } due && due > clock.GetUtcNow())
        {
            db.Enqueue(job, due);
            await db.SaveChangesAsync(ct);
            return;
        }

        var audience = await recipients.Audience(campaign.Audience, Channels.Email, ct);
        var content = campaign.ContentId is { } known ? known : await ledger.Write(campaign.Letter(), ct);
        if ((audience.Refusal ?? content.Refusal) is { } refused)
        {
            campaign.Pause(refused.Text);
            news.Paused(campaign);
            await db.SaveChangesAsync(ct);
            await live.Changed(campaign.Id, ct);
            return;
        }

        campaign.Begin(content.Value, clock.GetUtcNow());
        audit.Note("campaigns.started", campaign.Id);
        await db.SaveChangesAsync(ct);
        await live.Changed(campaign.Id, ct);
        await ledger.Plan(new SendPlan(Campaign.Origin, campaign.Id, content.Value, campaign.RatePerMinute, clock.GetUtcNow()), audience.Value, ct);
        await Settle(campaign, ct);
    }

    /// <summary>What a person pressed while the audience was being planned holds for everyone planned.</summary>
    private async Task Settle(Campaign campaign, CancellationToken ct)
    {
        await db.Entry(campaign).ReloadAsync(ct);
        if (campaign.State == CampaignStates.Cancelled)
            await ledger.Cancel(Campaign.Origin, campaign.Id, ct);
        if (campaign.State == CampaignStates.Paused)
            await ledger.Pause(Campaign.Origin, campaign.Id, campaign.PauseReason, ct);
        campaign.Planned(clock.GetUtcNow());
        var counts = await ledger.Counts(Campaign.Origin, campaign.Id, ct);
        if (counts.Total == 0 && campaign.State == CampaignStates.Sending)
            campaign.Finish(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await live.Changed(campaign.Id, ct);
    }
}
