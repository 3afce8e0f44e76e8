using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>What happened to the permissions of the contact's addresses, as sentences.</summary>
public sealed class ConsentStory(PluraDb db, IConsentLedger ledger) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var keys = await db.ContactPoints.AsNoTracking().Where(p => p.ContactId == contactId).Select(p => p.AddressKey).ToListAsync(ct);
        if (keys.Count == 0)
            return [];
        var entries = new List<TimelineEntry>();
        string? cursor = null;
        do
        {
            var page = await ledger.History(keys, cursor, 100, ct);
            entries.AddRange(page.Items.Where(r => r.RecordedAt < before).Select(Entry));
            cursor = page.Next;
        }
        while (cursor is not null && entries.Count < limit);
        return [.. entries.OrderByDescending(e => e.At).Take(limit)];
    }

    private static TimelineEntry Entry(ConsentRow row) => new(
        new Guid((int)(row.Sequence >> 32), 0, 0, BitConverter.GetBytes(row.Sequence)), row.RecordedAt, "consent",
        row.Act is ConsentActs.Granted or ConsentActs.Attested ? "circle-check" : "hand-stop", Permissions.Happened(row), Permissions.Proof(row));
}
