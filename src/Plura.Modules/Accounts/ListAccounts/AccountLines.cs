using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An account as its agency's desk sees it: that it exists and how it stands, and nothing of what is in it.</summary>
/// <param name="PausedAt">Paused by the agency.</param>
/// <param name="StoppedAt">Stopped, or held, by whoever runs the installation.</param>
/// <param name="Waits">The owner was asked and has not come yet.</param>
public sealed record AccountLine(Guid Id, string Slug, string Name, string Country, DateTimeOffset CreatedAt, DateTimeOffset? PausedAt, DateTimeOffset? StoppedAt, int People, bool Waits)
{
    /// <summary>Its owner closed it, and until this day can open it again; null while it is open.</summary>
    public DateTimeOffset? ReadableUntil { get; init; }

    /// <summary>Not stopped but held: its messages wait until the operator has looked.</summary>
    public bool Held { get; init; }
}

/// <summary>The accounts of the agency whose desk this is. Another agency's account does not exist here.</summary>
public sealed class AccountLines(PluraDb db, CurrentAgency agency)
{
    public const int PageSize = 50;

    /// <param name="search">Part of the name, or null.</param>
    /// <param name="state"><c>open</c>, <c>paused</c>, <c>closed</c>, or null for all.</param>
    /// <param name="after">The cursor: the name and id of the last line before.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Page<AccountLine>> List(string? search, string? state, string? after, CancellationToken ct)
    {
        var accounts = Mine();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = "%" + search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
            accounts = accounts.Where(a => EF.Functions.ILike(a.Name, pattern));
        }

        if (state is "open")
            accounts = accounts.Where(a => a.SuspendedAt == null && a.StoppedAt == null && a.HeldAt == null && a.ReadableUntil == null);
        else if (state is "paused")
            accounts = accounts.Where(a => (a.SuspendedAt != null || a.StoppedAt != null || a.HeldAt != null) && a.ReadableUntil == null);
        else if (state is "closed")
            accounts = accounts.Where(a => a.ReadableUntil != null);
        if (after is not null && after.LastIndexOf('~') is > 0 and var cut && Guid.TryParse(after[(cut + 1)..], out var id))
        {
            var name = after[..cut];
            accounts = accounts.Where(a => a.Name.CompareTo(name) > 0 || (a.Name == name && a.Id > id));
        }

        var lines = await Lines(accounts.OrderBy(a => a.Name).ThenBy(a => a.Id).Take(PageSize + 1)).ToListAsync(ct);
        var more = lines.Count > PageSize;
        if (more)
            lines.RemoveAt(PageSize);
        return new Page<AccountLine>(lines, more ? $"{lines[^1].Name}~{lines[^1].Id}" : null);
    }

    public Task<AccountLine?> Find(Guid id, CancellationToken ct) => Lines(Mine().Where(a => a.Id == id)).FirstOrDefaultAsync(ct);

    public async Task<(int All, int Paused, int Closed)> Count(CancellationToken ct)
    {
        var counts = await Mine().GroupBy(_ => 1).Select(g => new { All = g.Count(), Paused = g.Count(a => (a.SuspendedAt != null || a.StoppedAt != null || a.HeldAt != null) && a.ReadableUntil == null), Closed = g.Count(a => a.ReadableUntil != null) }).FirstOrDefaultAsync(ct);
        return (counts?.All ?? 0, counts?.Paused ?? 0, counts?.Closed ?? 0);
    }

    private IQueryable<Account> Mine()
    {
        var mine = agency.Id;
        return db.Accounts.AsNoTracking().Where(a => a.AgencyId == mine);
    }

    private IQueryable<AccountLine> Lines(IQueryable<Account> accounts)
    {
        var (memberships, invitations) = (db.Memberships, db.Invitations);
        return accounts.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new AccountLine(
            a.Id, a.Slug, a.Name, a.Country, a.CreatedAt, a.SuspendedAt, a.StoppedAt ?? a.HeldAt,
            memberships.Count(m => m.AccountId == a.Id), !memberships.Any(m => m.AccountId == a.Id && m.Role == Membership.Owner) && invitations.Any(i => i.AccountId == a.Id && i.TakenAt == null && i.WithdrawnAt == null))
        { ReadableUntil = a.ReadableUntil, Held = a.StoppedAt == null && a.HeldAt != null });
    }
}
