using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>What happened to the permissions of the contact's addresses, as sentences.</summary>
public sealed class ConsentStory(PluraDb db, IConsentLedger ledger) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Permissions;

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var keys = await db.ContactPoints.AsNoTracking().Where(p => p.ContactId == contactId).Select(p => p.AddressKey).ToListAsync(ct);
        if (keys.Count == 0)
            return [];
        var entries = new List<TimelineEntry>();
        string? cursor = null;
        do
        {
            // A few more than wanted: those of the very moment at which the page begins may belong to the page before.
            var page = await ledger.HistoryUntil(keys, from.At, cursor, limit + 5, ct);
            entries.AddRange(page.Items.Select(Entry).Where(e => from.IsBehind(e.At, e.Id)));
            cursor = page.Next;
        }
        while (cursor is not null && entries.Count < limit);
        return [.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(limit)];
    }

    private static TimelineEntry Entry(ConsentRow row) => new(
        Id(row.Sequence), row.RecordedAt, "consent",
        row.Act is ConsentActs.Granted or ConsentActs.Attested ? "circle-check" : "hand-stop", Permissions.Happened(row), Permissions.Proof(row));

    /// <summary>Ordered as the ledger is: what was written down later has the greater id.</summary>
    private static Guid Id(long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], sequence);
        return new Guid(bytes, bigEndian: true);
    }
}
