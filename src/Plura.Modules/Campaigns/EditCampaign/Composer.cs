using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>An unfinished draft as a letter: what is still missing is filled from the account, so that it can be looked at.</summary>
public sealed class Composer(Tenant tenant, IAccountDirectory accounts)
{
    public async Task<LetterContent> Letter(CampaignDraft draft, CancellationToken ct)
    {
        var account = (await accounts.Account(tenant.Id, ct))!;
        var whole = draft with
        {
            Subject = draft.Subject ?? "(no subject yet)",
            Html = draft.Html ?? "<p></p>",
            FromName = draft.FromName ?? account.SenderName,
            FromEmail = draft.FromEmail ?? account.SenderEmail,
        };
        return whole.Letter();
    }
}
