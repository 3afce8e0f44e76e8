using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Names of conversations for the audit log: those of their contacts.</summary>
public sealed class ConversationNames(PluraDb db, IContactDirectory contacts) : INameThings
{
    public string Kind => "conversation";

    public string Gone => "somebody who is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var found = await db.Conversations.AsNoTracking().Where(c => c.TenantId == db.Tenant.Id && ids.Contains(c.Id)).Select(c => new { c.Id, c.ContactId }).ToListAsync(ct);
        var cards = await contacts.Cards([.. found.Select(c => c.ContactId)], ct);
        return found.Where(c => cards.ContainsKey(c.ContactId)).ToDictionary(c => c.Id, c => new NamedThing(cards[c.ContactId].Name, $"conversations/{c.Id}"));
    }
}
