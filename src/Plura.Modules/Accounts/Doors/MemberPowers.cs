using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// What somebody may do in the scope's account at this moment, by their membership: read anew at each request, for the person at their
/// browser as for the programs that act in their name. Enter the account first.
/// </summary>
public sealed class MemberPowers(PluraDb db, Tenant tenant, RoleBook book)
{
    /// <summary>Null for whoever does not belong to the account.</summary>
    public async Task<MemberPower?> Of(Guid user, CancellationToken ct)
    {
        var account = tenant.Id;
        var (users, roles, accounts) = (db.Users, db.Roles, db.Accounts);
        var found = await db.Memberships.Where(m => m.AccountId == account && m.UserId == user)
            .Join(users, m => m.UserId, u => u.Id, (m, u) => new { m.Role, m.Sight, u.Name, Closed = accounts.Any(a => a.Id == account && a.ReadableUntil != null), Own = roles.Where(r => r.Id == m.RoleId).Select(r => r.Permissions).FirstOrDefault() })
            .FirstOrDefaultAsync(ct);
        if (found is null)
            return null;
        var assignees = found.Sight == Sights.All ? null : await Colleagues(user, found.Sight, ct);
        return new MemberPower(found.Name, book.OfMember(found.Role, found.Own, found.Closed, found.Sight).ToHashSet(StringComparer.Ordinal), assignees);
    }

    /// <summary>Whose work somebody with a narrowed sight sees: their own, and that of whoever shares a team with them.</summary>
    private async Task<IReadOnlyList<Guid>> Colleagues(Guid user, string sight, CancellationToken ct)
    {
        if (sight != Sights.Team)
            return [user];
        var members = db.TeamMembers;
        return [.. (await members.Where(m => members.Any(mine => mine.TeamId == m.TeamId && mine.UserId == user)).Select(m => m.UserId).Distinct().ToListAsync(ct)).Append(user).Distinct()];
    }
}

/// <param name="Name">The person's.</param>
/// <param name="May">Their permissions.</param>
/// <param name="Assignees">Whose work they see; null for everybody's.</param>
public sealed record MemberPower(string Name, IReadOnlySet<string> May, IReadOnlyList<Guid>? Assignees)
{
    /// <summary>The two may do and see the same.</summary>
    public bool Same(MemberPower other) =>
        May.SetEquals(other.May) && Assignees is null == other.Assignees is null && (Assignees ?? []).ToHashSet().SetEquals(other.Assignees ?? []);
}
