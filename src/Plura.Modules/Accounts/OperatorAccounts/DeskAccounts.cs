using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An account as the operator's desk sees it: how it stands and how much it uses; what is in it is counted and not shown.</summary>
/// <param name="Seen">When one of its people was last there.</param>
public sealed record DeskAccount(Guid Id, string Slug, string Name, Guid AgencyId, string Agency, string Country, DateTimeOffset CreatedAt, DateTimeOffset? PausedAt, DateTimeOffset? StoppedAt, DateTimeOffset? HeldAt, DateTimeOffset? VouchedAt, int People, DateTimeOffset? Seen)
{
    public string State => this switch
    {
        { StoppedAt: not null } => "stopped",
        { HeldAt: not null } => "held",
        { PausedAt: not null } => "paused",
        _ => "open",
    };
}

/// <summary>An agency as the operator's desk sees it.</summary>
public sealed record DeskAgency(Guid Id, string Slug, string Name, DateTimeOffset CreatedAt, int People, int Accounts, int Stopped);

/// <summary>All accounts and agencies of the installation, for the operator's desk.</summary>
public sealed class DeskAccounts(PluraDb db)
{
    public const int PageSize = 50;

    public static readonly string[] States = ["open", "paused", "held", "stopped"];

    /// <param name="search">Part of the account's or the agency's name, or of an address it has here; or null.</param>
    /// <param name="state">One of <see cref="States"/>, or null for all.</param>
    /// <param name="agency">Only of this agency; or null.</param>
    /// <param name="after">The cursor: the name and id of the last line before.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Page<DeskAccount>> List(string? search, string? state, Guid? agency, string? after, CancellationToken ct)
    {
        var (accounts, agencies) = (Businesses, db.Agencies);
        if (Pattern(search) is { } pattern)
            accounts = accounts.Where(a => EF.Functions.ILike(a.Name, pattern) || EF.Functions.ILike(a.Slug, pattern) || agencies.Any(g => g.Id == a.AgencyId && EF.Functions.ILike(g.Name, pattern)));
        if (agency is { } id)
            accounts = accounts.Where(a => a.AgencyId == id);
        accounts = state switch
        {
            "open" => accounts.Where(a => a.SuspendedAt == null && a.StoppedAt == null && a.HeldAt == null),
            "paused" => accounts.Where(a => a.SuspendedAt != null),
            "held" => accounts.Where(a => a.HeldAt != null),
            "stopped" => accounts.Where(a => a.StoppedAt != null),
            _ => accounts,
        };
        if (Cut(after) is var (name, last))
            accounts = accounts.Where(a => a.Name.CompareTo(name) > 0 || (a.Name == name && a.Id > last));
        var lines = await Lines(accounts.OrderBy(a => a.Name).ThenBy(a => a.Id).Take(PageSize + 1)).ToListAsync(ct);
        return Paged(lines, l => $"{l.Name}~{l.Id}");
    }

    public Task<DeskAccount?> Find(Guid id, CancellationToken ct) => Lines(db.Accounts.AsNoTracking().Where(a => a.Id == id)).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyDictionary<string, int>> Count(CancellationToken ct)
    {
        var marks = await Businesses.GroupBy(_ => 1).Select(g => new { All = g.Count(), Paused = g.Count(a => a.SuspendedAt != null), Held = g.Count(a => a.HeldAt != null), Stopped = g.Count(a => a.StoppedAt != null), Open = g.Count(a => a.SuspendedAt == null && a.StoppedAt == null && a.HeldAt == null) }).FirstOrDefaultAsync(ct);
        return new Dictionary<string, int>(StringComparer.Ordinal) { ["all"] = marks?.All ?? 0, ["open"] = marks?.Open ?? 0, ["paused"] = marks?.Paused ?? 0, ["held"] = marks?.Held ?? 0, ["stopped"] = marks?.Stopped ?? 0 };
    }

    public async Task<Page<DeskAgency>> Agencies(string? search, string? after, CancellationToken ct)
    {
        var agencies = db.Agencies.AsNoTracking().Where(a => a.Slug != OperatorAccount.Slug);
        if (Pattern(search) is { } pattern)
            agencies = agencies.Where(a => EF.Functions.ILike(a.Name, pattern) || EF.Functions.ILike(a.Slug, pattern));
        if (Cut(after) is var (name, last))
            agencies = agencies.Where(a => a.Name.CompareTo(name) > 0 || (a.Name == name && a.Id > last));
        return Paged(await Lines(agencies.OrderBy(a => a.Name).ThenBy(a => a.Id).Take(PageSize + 1)).ToListAsync(ct), l => $"{l.Name}~{l.Id}");
    }

    /// <summary>All but the installation's own, from which its letters leave.</summary>
    private IQueryable<Account> Businesses => db.Accounts.AsNoTracking().Where(a => a.Slug != OperatorAccount.Slug);

    public Task<DeskAgency?> Agency(Guid id, CancellationToken ct) => Lines(db.Agencies.AsNoTracking().Where(a => a.Id == id)).FirstOrDefaultAsync(ct);

    private IQueryable<DeskAccount> Lines(IQueryable<Account> accounts)
    {
        var (agencies, memberships, sessions) = (db.Agencies, db.Memberships, db.Sessions);
        return accounts.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new DeskAccount(
            a.Id, a.Slug, a.Name, a.AgencyId, agencies.Where(g => g.Id == a.AgencyId).Select(g => g.Name).First(), a.Country, a.CreatedAt, a.SuspendedAt, a.StoppedAt, a.HeldAt, a.VouchedAt,
            memberships.Count(m => m.AccountId == a.Id),
            memberships.Where(m => m.AccountId == a.Id).Join(sessions, m => m.UserId, s => s.UserId, (_, s) => (DateTimeOffset?)s.SeenAt).Max()));
    }

    private IQueryable<DeskAgency> Lines(IQueryable<Agency> agencies)
    {
        var (accounts, members) = (db.Accounts, db.AgencyMembers);
        return agencies.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new DeskAgency(
            a.Id, a.Slug, a.Name, a.CreatedAt, members.Count(m => m.AgencyId == a.Id), accounts.Count(c => c.AgencyId == a.Id), accounts.Count(c => c.AgencyId == a.Id && (c.StoppedAt != null || c.HeldAt != null))));
    }

    private static Page<T> Paged<T>(List<T> lines, Func<T, string> cursor)
    {
        var more = lines.Count > PageSize;
        if (more)
            lines.RemoveAt(PageSize);
        return new Page<T>(lines, more ? cursor(lines[^1]) : null);
    }

    private static (string Name, Guid Id)? Cut(string? after) =>
        after is not null && after.LastIndexOf('~') is > 0 and var at && Guid.TryParse(after[(at + 1)..], out var id) ? (after[..at], id) : null;

    private static string? Pattern(string? search) => string.IsNullOrWhiteSpace(search) ? null
        : "%" + search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
