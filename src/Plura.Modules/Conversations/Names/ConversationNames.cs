using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Names of conversations for the audit log: those of their contacts, or of visitors whom nobody knows.</summary>
public sealed class ConversationNames(PluraDb db, IContactDirectory contacts) : INameThings
{
    public string Kind => "conversation";

    public string Gone => "somebody who is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var found = await db.Conversations.AsNoTracking().Where(c => c.TenantId == db.Tenant.Id && ids.Contains(c.Id)).Select(c => new { c.Id, c.ContactId }).ToListAsync(ct);
        var cards = await contacts.Cards([.. found.Select(c => c.ContactId)], ct);
        var strangers = found.Select(c => c.ContactId).Where(c => !cards.ContainsKey(c)).ToList();
        var visitors = strangers.Count == 0 ? [] : await db.ChatSessions.AsNoTracking().Where(s => strangers.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => ReadConversations.VisitorName(s.Website), ct);
        return found.Where(c => cards.ContainsKey(c.ContactId) || visitors.ContainsKey(c.ContactId))
            .ToDictionary(c => c.Id, c => new NamedThing(cards.TryGetValue(c.ContactId, out var card) ? card.Name : visitors[c.ContactId], $"conversations/{c.Id}"));
    }
}
