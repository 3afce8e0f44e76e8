using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An account as the operator's desk sees it: how it stands and how much it uses; what is in it is counted and not shown.</summary>
/// <param name="ReadableUntil">Its owner closed it, and until this day can open it again; null while it is open.</param>
/// <param name="Seen">When one of its people was last there.</param>
public sealed record DeskAccount(Guid Id, string Slug, string Name, Guid AgencyId, string Agency, string Country, DateTimeOffset CreatedAt, DateTimeOffset? PausedAt, DateTimeOffset? StoppedAt, DateTimeOffset? HeldAt, DateTimeOffset? VouchedAt, DateTimeOffset? ReadableUntil, int People, DateTimeOffset? Seen)
{
    public string State => this switch
    {
        { ReadableUntil: not null } => "closed",
        { StoppedAt: not null } => "stopped",
        { HeldAt: not null } => "held",
        { PausedAt: not null } => "paused",
        _ => "open",
    };
}

/// <summary>An agency as the operator's desk sees it.</summary>
/// <param name="SeenAtDesk">When one of its own people was last there.</param>
/// <param name="SeenInside">When somebody of one of its accounts was.</param>
public sealed record DeskAgency(Guid Id, string Slug, string Name, DateTimeOffset CreatedAt, int People, int Accounts, int Stopped, DateTimeOffset? SeenAtDesk, DateTimeOffset? SeenInside)
{
    public DateTimeOffset? Seen => SeenAtDesk is null || SeenInside > SeenAtDesk ? SeenInside : SeenAtDesk;
}

/// <summary>All accounts and agencies of the installation, for the operator's desk.</summary>
public sealed class DeskAccounts(PluraDb db)
{
    public const int PageSize = 50;

    public static readonly string[] States = ["open", "paused", "held", "stopped", "closed"];

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
            "open" => accounts.Where(a => a.ReadableUntil == null && a.SuspendedAt == null && a.StoppedAt == null && a.HeldAt == null),
            "paused" => accounts.Where(a => a.ReadableUntil == null && a.SuspendedAt != null),
            "held" => accounts.Where(a => a.ReadableUntil == null && a.HeldAt != null),
            "stopped" => accounts.Where(a => a.ReadableUntil == null && a.StoppedAt != null),
            "closed" => accounts.Where(a => a.ReadableUntil != null),
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
        var marks = await Businesses.GroupBy(_ => 1).Select(g => new
        {
            All = g.Count(),
            Closed = g.Count(a => a.ReadableUntil != null),
            Paused = g.Count(a => a.ReadableUntil == null && a.SuspendedAt != null),
            Held = g.Count(a => a.ReadableUntil == null && a.HeldAt != null),
            Stopped = g.Count(a => a.ReadableUntil == null && a.StoppedAt != null),
            Open = g.Count(a => a.ReadableUntil == null && a.SuspendedAt == null && a.StoppedAt == null && a.HeldAt == null),
        }).FirstOrDefaultAsync(ct);
        return new Dictionary<string, int>(StringComparer.Ordinal) { ["all"] = marks?.All ?? 0, ["open"] = marks?.Open ?? 0, ["paused"] = marks?.Paused ?? 0, ["held"] = marks?.Held ?? 0, ["stopped"] = marks?.Stopped ?? 0, ["closed"] = marks?.Closed ?? 0 };
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

    /// <summary>What the accounts of each of these agencies send together; one whose accounts sent nothing is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, SendingUse>> Use(ISendingUse sending, IReadOnlyCollection<Guid> agencies, DateTimeOffset since, CancellationToken ct)
    {
        var owned = await db.Accounts.AsNoTracking().Where(a => agencies.Contains(a.AgencyId)).Select(a => new { a.Id, a.AgencyId }).ToListAsync(ct);
        var uses = await sending.Of(owned.ConvertAll(a => a.Id), since, ct);
        return owned.Where(a => uses.ContainsKey(a.Id)).GroupBy(a => a.AgencyId, a => uses[a.Id])
            .ToDictionary(g => g.Key, g => new SendingUse(g.Sum(u => u.Accepted), g.Sum(u => u.Bounced), g.Sum(u => u.Complaints), g.Max(u => u.Last)));
    }

    /// <summary>All but the installation's own, from which its letters leave.</summary>
    private IQueryable<Account> Businesses => db.Accounts.AsNoTracking().Where(a => a.Slug != OperatorAccount.Slug);

    public Task<DeskAgency?> Agency(Guid id, CancellationToken ct) => Lines(db.Agencies.AsNoTracking().Where(a => a.Id == id)).FirstOrDefaultAsync(ct);

    private IQueryable<DeskAccount> Lines(IQueryable<Account> accounts)
    {
        var (agencies, memberships, sessions) = (db.Agencies, db.Memberships, db.Sessions);
        return accounts.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new DeskAccount(
            a.Id, a.Slug, a.Name, a.AgencyId, agencies.Where(g => g.Id == a.AgencyId).Select(g => g.Name).First(), a.Country, a.CreatedAt, a.SuspendedAt, a.StoppedAt, a.HeldAt, a.VouchedAt, a.ReadableUntil,
            memberships.Count(m => m.AccountId == a.Id),
            memberships.Where(m => m.AccountId == a.Id).Join(sessions, m => m.UserId, s => s.UserId, (_, s) => (DateTimeOffset?)s.SeenAt).Max()));
    }

    private IQueryable<DeskAgency> Lines(IQueryable<Agency> agencies)
    {
        var (accounts, members, memberships, sessions) = (db.Accounts, db.AgencyMembers, db.Memberships, db.Sessions);
        return agencies.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new DeskAgency(
            a.Id, a.Slug, a.Name, a.CreatedAt, members.Count(m => m.AgencyId == a.Id), accounts.Count(c => c.AgencyId == a.Id), accounts.Count(c => c.AgencyId == a.Id && c.ReadableUntil == null && (c.StoppedAt != null || c.HeldAt != null)),
            members.Where(m => m.AgencyId == a.Id).Join(sessions, m => m.UserId, s => s.UserId, (_, s) => (DateTimeOffset?)s.SeenAt).Max(),
            accounts.Where(c => c.AgencyId == a.Id).Join(memberships, c => c.Id, m => m.AccountId, (_, m) => m.UserId).Join(sessions, u => u, s => s.UserId, (_, s) => (DateTimeOffset?)s.SeenAt).Max()));
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
