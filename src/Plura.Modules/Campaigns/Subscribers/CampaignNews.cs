using System.Globalization;
using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Tells the owners, in the app and by mail, when a campaign stopped by itself. Call it before SaveChanges.</summary>
public sealed class CampaignNews(Tenant tenant, IAccountDirectory accounts, INotices notices, ISystemMail mail)
{
    public async Task Paused(Campaign campaign, CancellationToken ct)
    {
        notices.Post("campaign_paused", $"“{campaign.Name}” paused by itself: {campaign.PauseReason}", $"campaigns/{campaign.Id}");
        var account = (await accounts.Account(tenant.Id, ct))!;
        foreach (var owner in await accounts.Owners(tenant.Id, ct))
        {
            mail.Post(new SystemLetter("campaign_paused", owner.Id, Occasion(campaign), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["campaign"] = campaign.Name,
                ["reason"] = campaign.PauseReason ?? "",
                ["account"] = account.Name,
                ["path"] = $"/a/{account.Slug}/campaigns/{campaign.Id}",
            }));
        }
    }

    /// <summary>The same pause is one occasion, however often it is told; the next pause of the same campaign is another.</summary>
    private static Guid Occasion(Campaign campaign) => new(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{campaign.Id}:{campaign.Launch}")))[..16]);
}
