using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <param name="Why">Why the agency cannot reach into it; null where it can.</param>
public sealed record ReachableAccount(Guid Id, string Name, string? Why);

/// <summary>
/// Into which of its accounts an agency's person may reach with a snapshot: those they may set up as a member, those that let the agency work in them
/// at this moment, and those that nobody has taken over yet. Belonging to an agency alone opens nothing.
/// </summary>
public sealed class SnapshotReach(PluraDb db, CurrentAgency agency, Actor actor, AuditTrail trail, RoleBook roles, SupportDesk support, IServiceScopeFactory scopes)
{
    private const string Closed = "It is closed.";
    private const string NotLetIn = "It has not let you work in it: its owner can, under Settings, Support access.";

    public async Task<IReadOnlyList<ReachableAccount>> Accounts(CancellationToken ct)
    {
        var (mine, granted) = (agency.Id, await Granted(ct));
        var found = new List<ReachableAccount>();
        foreach (var account in await db.Accounts.AsNoTracking().Where(a => a.AgencyId == mine).OrderBy(a => a.Name).ThenBy(a => a.Id).Take(500).Select(a => new { a.Id, a.Name, a.ReadableUntil }).ToListAsync(ct))
            found.Add(new ReachableAccount(account.Id, account.Name, account.ReadableUntil is not null ? Closed : await Powers(account.Id, granted, ct) is null ? NotLetIn : null));
        return found;
    }

    /// <summary>Works in a scope inside the account, as the agency's person with what they may do there.</summary>
    public async Task<Result<T>> In<T>(Guid account, Func<IServiceProvider, Task<Result<T>>> work, CancellationToken ct)
    {
        var mine = agency.Id;
        if (await db.Accounts.AsNoTracking().Where(a => a.Id == account && a.AgencyId == mine).Select(a => new { a.ReadableUntil }).FirstOrDefaultAsync(ct) is not { } found)
            return Refusal.NotFound("account.unknown", "There is no such account.");
        if (found.ReadableUntil is not null)
            return Refusal.Conflict("account.closed", Closed);
        if (await Powers(account, await Granted(ct), ct) is not { } may)
            return Refusal.Forbidden("snapshot.reach", NotLetIn);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        scope.ServiceProvider.GetRequiredService<Actor>().Become(actor.Kind, actor.Id, actor.Name, may);
        if (!await db.Memberships.AnyAsync(m => m.AccountId == account && m.UserId == actor.Id, ct))
            scope.ServiceProvider.GetRequiredService<Actor>().ComeFrom("agency");
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Follow(trail);
        return await work(scope.ServiceProvider);
    }

    private async Task<HashSet<Guid>> Granted(CancellationToken ct) =>
        [.. (await support.OfAgency(ct)).Where(g => string.Equals(g.May, SupportGrant.Work, StringComparison.Ordinal)).Select(g => g.AccountId)];

    /// <summary>What they may do there; null where they may not set it up.</summary>
    private async Task<IReadOnlyList<string>?> Powers(Guid account, HashSet<Guid> granted, CancellationToken ct)
    {
        var me = actor.Id;
        var people = await db.Memberships.AsNoTracking().Where(m => m.AccountId == account).Select(m => new { m.UserId, m.Role, m.Sight }).ToListAsync(ct);
        if (people.Count == 0)
            return [.. roles.OfMember(Membership.Owner, null)];
        if (people.Find(p => p.UserId == me) is { Sight: Sights.All, Role: Membership.Owner or Membership.Admin } member)
            return [.. roles.OfMember(member.Role, null)];
        return granted.Contains(account) ? [.. roles.OfMember(Membership.Member, null)] : null;
    }
}
