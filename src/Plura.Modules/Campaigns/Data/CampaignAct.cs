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

    /// <summary>One of <see cref="CampaignActs"/>.</summary>
    public string Act { get; private set; } = "";

    public string Actor { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static CampaignAct Of(Guid campaignId, string act, Actor actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), CampaignId = campaignId, Act = act, Actor = actor.Name, At = now };
}

/// <summary>What people do with a campaign, as the database keeps it.</summary>
public static class CampaignActs
{
    public const string Sent = "sent";
    public const string Scheduled = "scheduled";
    public const string Unscheduled = "unscheduled";
    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string Cancelled = "cancelled";
}
