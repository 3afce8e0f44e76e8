using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Tells the account's people what became of a campaign while nobody looked. Call it before SaveChanges.</summary>
public sealed class CampaignNews(INotices notices)
{
    public const string PausedKind = "campaign_paused";
    public const string FinishedKind = "campaign_finished";

    public void Paused(Campaign campaign) =>
        notices.Post(PausedKind, $"“{campaign.Name}” paused by itself: {campaign.PauseReason}", $"campaigns/{campaign.Id}", $"“{campaign.Name}” is paused");

    public void Finished(Campaign campaign) =>
        notices.Post(FinishedKind, $"“{campaign.Name}” has gone out to everybody it was for.", $"campaigns/{campaign.Id}", $"“{campaign.Name}” has gone out");
}
