using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;

namespace Plura.Campaigns;

/// <summary>Campaigns and who did what to them, in the file with everything.</summary>
internal sealed class CampaignsPart : IAccountPart
{
    public string Folder => "campaigns";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Campaign>("campaigns", "Campaigns and drafts.", ("Id", "Its id"), ("Name", "What you call it"), ("State", "How it stands"), ("Subject", "Subject"), ("Preview", "What stands beside the subject in the inbox"), ("Html", "The letter"), ("FromName", "Who it is from"), ("FromEmail", "From which address"), ("ReplyTo", "Where answers go"), ("Topic", "What about"), ("Audience", "For whom, as JSON"), ("RatePerMinute", "How many a minute at most"), ("At", "When it was to leave, in local time"), ("Zone", "Of which time zone"), ("ContentId", "The letter as it left, in messages/letters.csv"), ("CreatedAt", "Since when"), ("EditedAt", "Changed last"), ("BegunAt", "When it began to leave"), ("PlannedAt", "When everybody was planned"), ("EndedAt", "When it was over"), ("PauseReason", "Why it paused by itself"), ("Version", "How often it was changed"), ("Launch", "How often it was started")),
        TakenTable.Of<CampaignAct>("acts", "Who sent, paused or cancelled which campaign.", ("Id", "Its id"), ("CampaignId", "The campaign, as in campaigns.csv"), ("Act", "What"), ("Actor", "Who"), ("At", "When")),
    ];
}
