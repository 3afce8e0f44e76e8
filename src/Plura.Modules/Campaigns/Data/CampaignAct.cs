using Plura.Platform;

namespace Plura.Campaigns.Data;

/// <summary>Who did what with a campaign and when: "Ann sent it to 1,204 people".</summary>
public sealed class CampaignAct : ITenantOwned
{
    private CampaignAct()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid CampaignId { get; private set; }

    /// <summary>A word: <c>sent</c>, <c>scheduled</c>, <c>unscheduled</c>, <c>paused</c>, <c>resumed</c>, <c>cancelled</c>.</summary>
    public string Act { get; private set; } = "";

    public string Actor { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static CampaignAct Of(Guid campaignId, string act, Actor actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), CampaignId = campaignId, Act = act, Actor = actor.Name, At = now };
}
