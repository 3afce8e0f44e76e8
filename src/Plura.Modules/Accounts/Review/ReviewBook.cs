using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <param name="Answers">How often the account's people answered.</param>
/// <param name="LastAnswer">When they did last.</param>
public sealed record ReviewLine(Guid Id, Guid AccountId, string Account, string Kind, string Codes, DateTimeOffset At, DateTimeOffset? KeptAt, DateTimeOffset? EndedAt, int Answers, DateTimeOffset? LastAnswer)
{
    /// <summary>Nobody has looked since it was set, or since the account answered.</summary>
    public bool Waits => EndedAt is null && (KeptAt is null ? Kind == AccountStop.Held || Answers > 0 : LastAnswer > KeptAt);
}

/// <param name="Name">Who wrote it; null for somebody who left.</param>
public sealed record AppealLine(string? Name, string Text, DateTimeOffset At);

/// <summary>What waits for a person of the operator, and what was decided. Nothing of what is in the accounts.</summary>
public sealed class ReviewBook(PluraDb db)
{
    private const int Most = 200;

    /// <summary>Open ones, the oldest first: first those that wait for us.</summary>
    public async Task<IReadOnlyList<ReviewLine>> Open(CancellationToken ct) =>
        [.. (await Lines(db.AccountStops.Where(s => s.EndedAt == null).OrderBy(s => s.At)).Take(Most).ToListAsync(ct)).OrderBy(l => !l.Waits).ThenBy(l => l.At)];

    public async Task<IReadOnlyList<ReviewLine>> Decided(CancellationToken ct) =>
        await Lines(db.AccountStops.Where(s => s.EndedAt != null).OrderByDescending(s => s.EndedAt)).Take(50).ToListAsync(ct);

    public async Task<int> Waiting(CancellationToken ct) => (await Open(ct)).Count(l => l.Waits);

    public async Task<IReadOnlyList<MisuseSignal>> Signals(Guid account, CancellationToken ct) =>
        await db.MisuseSignals.AsNoTracking().Where(s => s.AccountId == account).OrderByDescending(s => s.At).Take(50).ToListAsync(ct);

    /// <summary>Networks from which many people's passwords were tried.</summary>
    public async Task<IReadOnlyList<MisuseSignal>> Attacks(DateTimeOffset since, CancellationToken ct) =>
        await db.MisuseSignals.AsNoTracking().Where(s => s.AccountId == null && s.At > since).OrderByDescending(s => s.At).Take(50).ToListAsync(ct);

    /// <summary>What the account's people answered to a stop, the newest first.</summary>
    public async Task<IReadOnlyList<AppealLine>> Answers(Guid stop, CancellationToken ct)
    {
        var users = db.Users;
        return await db.AccountAppeals.Where(a => a.StopId == stop).OrderByDescending(a => a.At)
            .Select(a => new AppealLine(users.Where(u => u.Id == a.UserId).Select(u => u.Name).FirstOrDefault(), a.Text, a.At)).ToListAsync(ct);
    }

    private IQueryable<ReviewLine> Lines(IQueryable<AccountStop> stops)
    {
        var (accounts, appeals) = (db.Accounts, db.AccountAppeals);
        return stops.AsNoTracking().Select(s => new ReviewLine(
            s.Id, s.AccountId, accounts.Where(a => a.Id == s.AccountId).Select(a => a.Name).First(), s.Kind, s.Codes, s.At, s.KeptAt, s.EndedAt,
            appeals.Count(a => a.StopId == s.Id), appeals.Where(a => a.StopId == s.Id).Max(a => (DateTimeOffset?)a.At)));
    }
}
