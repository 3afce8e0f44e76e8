using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>How much accounts send and what comes back, by days of UTC that were added up.</summary>
public sealed class SendingNumbers(PluraDb db, IComplaints complaints) : ISendingUse
{
    public async Task<IReadOnlyDictionary<Guid, SendingUse>> Of(IReadOnlyCollection<Guid> accounts, DateTimeOffset since, CancellationToken ct)
    {
        var first = DateOnly.FromDateTime(since.UtcDateTime);
        var sums = await db.Set<SendingDay>().Where(d => accounts.Contains(d.AccountId) && d.Day >= first).GroupBy(d => d.AccountId)
            .Select(g => new { g.Key, Accepted = g.Sum(d => d.Accepted), Bounced = g.Sum(d => d.Bounced), Last = g.Max(d => d.Day) }).ToListAsync(ct);
        var reported = await complaints.Of(accounts, since, ct);
        return sums.ToDictionary(s => s.Key, s => new SendingUse(s.Accepted, s.Bounced, reported.GetValueOrDefault(s.Key), s.Last));
    }
}
