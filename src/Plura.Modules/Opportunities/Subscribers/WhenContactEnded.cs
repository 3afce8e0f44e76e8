using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>A contact that does not come back from the bin takes the opportunities along that waited for it. Which steps cards took stays: it names nobody.</summary>
[Work("Forgetting the opportunities of a contact that is gone for good")]
public sealed class WhenContactEnded(PluraDb db, IOwnFiles files) : ISubscriber<ContactEnded>
{
    public async Task When(ContactEnded news, CancellationToken ct)
    {
        var theirs = db.Opportunities.Where(o => o.ContactId == news.ContactId && o.ContactGoneAt != null);
        await files.End(await theirs.Select(o => o.Id).ToListAsync(ct), ct);
        await theirs.ExecuteDeleteAsync(ct);
    }
}
