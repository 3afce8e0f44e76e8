using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>A carrier's list of people who want no texts is a second truth: whoever stands there has said no to us too.</summary>
[Work("Somebody told the phone company that they want no texts")]
public sealed class WhenStopListed(PluraDb db, IConsentLedger ledger, TextStops stops) : ISubscriber<MessageStopListed>
{
    public async Task When(MessageStopListed news, CancellationToken ct)
    {
        var key = await db.Sends.Where(s => s.Id == news.SendId).Select(s => (Guid?)s.AddressKey).FirstOrDefaultAsync(ct);
        // Where a text had ended it, it is written all the same: should that text turn out to be none, the carrier's word stands.
        if (key is not { } address || await stops.Ended(address, ct) is not (null or ConsentDoors.Text))
            return;
        await ledger.Append(
            new ConsentEntry
            {
                AddressKey = address,
                SubjectId = news.ContactId,
                Channel = Channels.Sms,
                Act = ConsentActs.Withdrawn,
                How = ConsentDoors.Provider,
                Source = "Phone company",
                SendId = news.SendId,
            },
            ct);
    }
}
