using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The powers of all of an account's people at once, by the rules of <see cref="MemberPowers"/>, in two questions however many they are.</summary>
internal sealed class MemberSights(PluraDb db, Tenant tenant, RoleBook book) : IMemberSights
{
    public async Task<IReadOnlyList<MemberSight>> Who(string permission, CancellationToken ct)
    {
        var account = tenant.Id;
        var (users, roles, accounts) = (db.Users, db.Roles, db.Accounts);
        var members = await db.Memberships.Where(m => m.AccountId == account).Join(users, m => m.UserId, u => u.Id, (m, u) => new { m, u }).OrderBy(x => x.u.Name).ThenBy(x => x.u.Id)
            .Select(x => new
            {
                Person = new UserCard(x.u.Id, x.u.Name, x.u.Email!, x.u.EmailConfirmed),
                x.m.Role,
                x.m.Sight,
                Closed = accounts.Any(a => a.Id == account && a.ReadableUntil != null),
                Own = roles.Where(r => r.Id == x.m.RoleId).Select(r => r.Permissions).FirstOrDefault(),
            }).ToListAsync(ct);
        var may = members.Where(m => book.OfMember(m.Role, m.Own, m.Closed, m.Sight).Contains(permission, StringComparer.Ordinal)).ToList();
        var teams = may.Exists(m => m.Sight == Sights.Team) ? await db.TeamMembers.Select(t => new { t.TeamId, t.UserId }).ToListAsync(ct) : [];
        return [.. may.Select(m => new MemberSight(m.Person, m.Sight switch
        {
            Sights.All => null,
            Sights.Team => [.. teams.Where(t => teams.Exists(mine => mine.TeamId == t.TeamId && mine.UserId == m.Person.Id)).Select(t => t.UserId).Append(m.Person.Id).Distinct()],
            _ => (IReadOnlyList<Guid>)[m.Person.Id],
        }))];
    }
}
