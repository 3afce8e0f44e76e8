using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Tells whoever watches a campaign that its state has changed, when the transaction commits. Its numbers ring under the same topic.</summary>
public sealed class LiveCampaigns(ILive live)
{
    public static string Topic(Guid campaign) => SendTopic.Of(Campaign.Origin, campaign);

    public Task Changed(Guid campaign, CancellationToken ct) => live.Changed(Topic(campaign), ct);
}
