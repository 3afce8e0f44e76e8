using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

internal sealed class Complaints(PluraDb db) : IComplaints
{
    public async Task<IReadOnlyDictionary<Guid, long>> Of(IReadOnlyCollection<Guid> accounts, DateTimeOffset since, CancellationToken ct) => accounts.Count == 0
        ? new Dictionary<Guid, long>()
        : await db.Database.SqlQuery<Reported>($"select account, number from privacy.complaints_of({accounts.ToArray()}, {since})").ToDictionaryAsync(r => r.Account, r => r.Number, ct);

    private sealed record Reported(Guid Account, long Number);
}
