using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Nobody writes to whom another person's own list finds, unless that list stood in the campaign already.</summary>
public sealed class ChosenAudience(IContactDirectory contacts)
{
    /// <param name="wanted">What is chosen now.</param>
    /// <param name="before">What stood there.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Refusal?> Check(Audience wanted, Audience before, CancellationToken ct)
    {
        var chosen = Lists(wanted).Except(Lists(before)).ToList();
        if (chosen.Count == 0)
            return null;
        return (await contacts.SmartLists(ct)).Any(l => !l.Offered && chosen.Contains(l.Id))
            ? Refusal.Invalid("campaign.list_of_another", "This smart list is another person’s own. Ask them to share it, or choose another one.", nameof(CampaignDraft.Audience))
            : null;
    }

    private static IEnumerable<Guid> Lists(Audience audience) => new[] { audience.SmartList, audience.ExceptSmartList }.OfType<Guid>();
}
