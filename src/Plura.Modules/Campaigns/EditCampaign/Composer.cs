using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>An unfinished draft as a letter: what is still missing is filled from the account, so that it can be looked at.</summary>
public sealed class Composer(Tenant tenant, IAccountDirectory accounts)
{
    public async Task<LetterContent> Letter(CampaignDraft draft, CancellationToken ct)
    {
        var account = (await accounts.Account(tenant.Id, ct))!;
        return new LetterContent
        {
            Subject = draft.Subject ?? "(no subject yet)",
            Preview = draft.Preview,
            Html = draft.Html ?? "<p></p>",
            FromName = draft.FromName ?? account.SenderName,
            FromEmail = draft.FromEmail ?? account.SenderEmail,
            ReplyTo = draft.ReplyTo,
            Topic = draft.Topic ?? Topics.All,
        };
    }
}
