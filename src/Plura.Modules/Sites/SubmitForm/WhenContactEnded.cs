using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>What somebody wrote into forms goes with them; that they agreed, and to which words, stays in the ledger.</summary>
[Work("Forgetting what a contact that is gone for good wrote into forms")]
public sealed class WhenContactEnded(PluraDb db) : ISubscriber<ContactEnded>
{
    public async Task When(ContactEnded news, CancellationToken ct) => await db.FormSubmissions.Where(s => s.ContactId == news.ContactId).ExecuteDeleteAsync(ct);
}
