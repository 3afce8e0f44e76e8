using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>Everything a person wants to know before they press: who gets it, who does not and why, and what is still missing.</summary>
/// <param name="Examples">Rule → some of those it withholds.</param>
public sealed record Review(Campaign Campaign, AccountCard Account, IReadOnlyList<Refusal> Missing, SendForecast? Forecast, IReadOnlyDictionary<string, IReadOnlyList<ContactCard>> Examples, IReadOnlyDictionary<Guid, string> Searches);

public sealed class ReviewCampaignHandler(PluraDb db, Tenant tenant, IAccountDirectory accounts, IRecipients recipients, IContactDirectory contacts, ISendLedger ledger, Readiness readiness)
{
    public async Task<Result<Review>> Handle(Guid id, CancellationToken ct)
    {
        var found = await db.FindCampaign(id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var campaign = found.Value;
        var account = (await accounts.Account(tenant.Id, ct))!;
        var missing = await readiness.Missing(campaign, account, ct);
        var searches = (await contacts.SmartLists(ct)).ToDictionary(s => s.Id, s => s.Name);

        SendForecast? forecast = null;
        var examples = new Dictionary<string, IReadOnlyList<ContactCard>>(StringComparer.Ordinal);
        if (campaign.Audience.Chosen() && await recipients.Audience(campaign.Audience, Channels.Email, ct) is { Ok: true, Value: var sql })
        {
            forecast = await ledger.Forecast(campaign.Letter(), sql, ct);
            var cards = await contacts.Cards([.. forecast.Examples.Select(e => e.ContactId).Distinct()], ct);
            foreach (var rule in forecast.Examples.GroupBy(e => e.Rule, StringComparer.Ordinal))
                examples[rule.Key] = [.. rule.Take(3).Select(e => cards.GetValueOrDefault(e.ContactId)).OfType<ContactCard>()];
        }

        return new Review(campaign, account, missing, forecast, examples, searches);
    }
}
