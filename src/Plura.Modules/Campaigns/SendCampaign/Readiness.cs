using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>What still stands between a draft and its readers, each with the field it concerns. Empty when it may be sent.</summary>
public sealed class Readiness(IRecipients recipients, ISendLedger ledger, AudienceSize size)
{
    public async Task<IReadOnlyList<Refusal>> Missing(Campaign campaign, AccountCard account, CancellationToken ct)
    {
        var missing = new List<Refusal>();
        if (account.Suspended)
            missing.Add(Refusal.Forbidden("account.suspended", "This account may not send at the moment. Write to us by the contact page and we look at it with you."));
        if (campaign.Subject.Length == 0)
            missing.Add(Refusal.Invalid("campaign.no_subject", "Write a subject: it is the first thing people see.", nameof(CampaignDraft.Subject)));
        if (Blank(campaign.Html))
            missing.Add(Refusal.Invalid("campaign.no_body", "The letter is still empty. Write something before you send it.", nameof(CampaignDraft.Html)));
        if (campaign.FromEmail.Length == 0)
            missing.Add(Refusal.Invalid("campaign.no_sender", "Say from which address the letter comes.", nameof(CampaignDraft.FromEmail)));
        if (account.PostalAddress is null)
            missing.Add(Refusal.Invalid("campaign.no_postal_address", "Your business has no postal address yet. Every marketing e-mail must show one: add it in Settings, then send."));
        if (missing.Count == 0 && await Wrong(campaign.Letter(), ct) is { } wrong)
            missing.Add(wrong);
        if (await People(campaign.Audience, ct) is { } nobody)
            missing.Add(nobody);
        return missing;
    }

    /// <summary>A misspelt field stops the letter only where nothing stands in for it: else every reader would meet a hole.</summary>
    private async Task<Refusal?> Wrong(LetterContent letter, CancellationToken ct) =>
        ledger.Check(letter) ?? (await ledger.UnknownFields(letter, ct)).Where(p => !p.HasFallback).Select(p => Refusal.Invalid("campaign.unknown_field", p.Text, p.Field)).FirstOrDefault();

    private async Task<Refusal?> People(Audience audience, CancellationToken ct)
    {
        if (!audience.Chosen())
            return Refusal.Invalid("campaign.no_audience", "Choose who gets it: everyone, people with a tag, or a smart list.", nameof(CampaignDraft.Audience));
        var sql = await recipients.Audience(audience, Channels.Email, ct);
        if (sql.Refusal is { } refused)
            return refused;
        return await size.Of(sql.Value, ct) == 0
            ? Refusal.Invalid("campaign.empty_audience", "Nobody with an e-mail address is in this audience. Choose another one, or add people first.", nameof(CampaignDraft.Audience))
            : null;
    }

    // An image alone is a letter; empty paragraphs of the editor are not.
    private static bool Blank(string html) =>
        !html.Contains("<img", StringComparison.OrdinalIgnoreCase) && System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>|&nbsp;|\\s", "", System.Text.RegularExpressions.RegexOptions.NonBacktracking).Length == 0;
}

public static class Audiences
{
    extension(Audience audience)
    {
        public bool Chosen() => audience.All || audience.Tags.Count > 0 || audience.SmartList is not null;

        /// <summary>"everyone", "people tagged spring or member, except those tagged supplier".</summary>
        public string Words(IReadOnlyDictionary<Guid, string> searches)
        {
            var who = audience switch
            {
                { All: true } => "everyone with an e-mail address",
                { Tags.Count: > 0 } => $"people tagged {string.Join(" or ", audience.Tags)}",
                { SmartList: { } search } => $"the smart list “{searches.GetValueOrDefault(search, "deleted since")}”",
                _ => "nobody chosen yet",
            };
            if (audience.ExceptTags.Count > 0)
                who += $", except those tagged {string.Join(" or ", audience.ExceptTags)}";
            if (audience.ExceptSmartList is { } except)
                who += $", except the smart list “{searches.GetValueOrDefault(except, "deleted since")}”";
            return who;
        }
    }
}
