using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Reads one contact's sends by the index that leads with the contact.</summary>
public sealed class ContactSends(PluraDb db) : IContactSends
{
    public async Task<IReadOnlyList<ContactSend>> OfContact(string origin, Guid contactId, DateTimeOffset before, Guid beforeId, int limit, CancellationToken ct) =>
        await db.Set<Send>()
            .Where(s => s.ContactId == contactId && s.Origin == origin && EF.Functions.LessThan(ValueTuple.Create(s.FinishedAt ?? s.PlannedAt, s.Id), ValueTuple.Create(before, beforeId)))
            .OrderByDescending(s => s.FinishedAt ?? s.PlannedAt).ThenByDescending(s => s.Id)
            .Take(limit)
            .Select(s => new ContactSend(s.Id, s.OriginId, s.ContactId, s.State, s.Reason, s.FinishedAt ?? s.PlannedAt))
            .ToListAsync(ct);
}
