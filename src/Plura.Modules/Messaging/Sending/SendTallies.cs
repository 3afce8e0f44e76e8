using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Adds up the kept sums: a few rows per origin, however many its sends.</summary>
public sealed class SendTallies(PluraDb db)
{
    public async Task<IReadOnlyDictionary<Guid, SendCounts>> Counts(string origin, IReadOnlyCollection<Guid> originIds, CancellationToken ct)
    {
        var sums = await db.Set<SendTally>().Where(t => t.TenantId == db.Tenant.Id && t.Origin == origin && originIds.Contains(t.OriginId))
            .GroupBy(t => new { t.OriginId, t.Kind })
            .Select(g => new { g.Key.OriginId, g.Key.Kind, Number = g.Sum(t => t.Number) })
            .ToListAsync(ct);
        var kinds = sums.ToLookup(s => s.OriginId);
        return originIds.Distinct().ToDictionary(id => id, id => Of(kinds[id].ToDictionary(k => k.Kind, k => k.Number, StringComparer.Ordinal)));
    }

    public async Task<IReadOnlyDictionary<string, int>> Reasons(string origin, Guid originId, string state, CancellationToken ct) =>
        await db.Set<SendTally>().Where(t => t.TenantId == db.Tenant.Id && t.Origin == origin && t.OriginId == originId && t.Kind == state)
            .GroupBy(t => t.Reason)
            .Select(g => new { Reason = g.Key, Number = g.Sum(t => t.Number) })
            .Where(r => r.Number != 0)
            .ToDictionaryAsync(r => r.Reason, r => r.Number, StringComparer.Ordinal, ct);

    private static SendCounts Of(Dictionary<string, int> kinds)
    {
        int In(string kind) => kinds.GetValueOrDefault(kind);
        return new SendCounts(
            Total: SendStates.All.Sum(In),
            Planned: In(SendStates.Planned),
            Accepted: In(SendStates.Accepted),
            Deferred: In(SendStates.Deferred),
            Bounced: In(SendStates.Bounced),
            Withheld: In(SendStates.Withheld),
            Unknown: In(SendStates.Unknown),
            Cancelled: In(SendStates.Cancelled) + In(SendStates.Skipped),
            Opened: In(SendMarks.Opened),
            Clicked: In(SendMarks.Clicked),
            Unsubscribed: In(SendMarks.Unsubscribed),
            OpenedByRobots: In(SendMarks.RobotOpened),
            ClickedByRobots: In(SendMarks.RobotClicked));
    }
}
