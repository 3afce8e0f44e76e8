using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

public sealed record AgencyPerson(Guid UserId, string Name, string Email, string Role, DateTimeOffset Since);

/// <summary>
/// Who stands at the agency's desk, and who can be asked to: somebody who works in an account of the agency that whoever asks owns.
/// So nobody is found here whom they do not work with already.
/// </summary>
public sealed class AgencyPeople(PluraDb db, CurrentAgency agency, Actor actor)
{
    public async Task<IReadOnlyList<AgencyPerson>> All(CancellationToken ct)
    {
        var (mine, users) = (agency.Id, db.Users);
        return await db.AgencyMembers.AsNoTracking().Where(m => m.AgencyId == mine)
            .Join(users, m => m.UserId, u => u.Id, (m, u) => new { u.Id, u.Name, u.Email, m.Role, m.Since })
            .OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new AgencyPerson(p.Id, p.Name, p.Email!, p.Role, p.Since)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<AgencyPerson>> Candidates(CancellationToken ct)
    {
        var (mine, me) = (agency.Id, actor.Id!.Value);
        var (memberships, members, accounts) = (db.Memberships, db.AgencyMembers, db.Accounts);
        return await db.Users.AsNoTracking()
            .Where(u => u.EmailConfirmed && !members.Any(m => m.AgencyId == mine && m.UserId == u.Id)
                && memberships.Any(theirs => theirs.UserId == u.Id && memberships.Any(own => own.AccountId == theirs.AccountId && own.UserId == me && own.Role == Membership.Owner)
                    && accounts.Any(a => a.Id == theirs.AccountId && a.AgencyId == mine)))
            .OrderBy(u => u.Name).ThenBy(u => u.Id).Take(500)
            .Select(u => new AgencyPerson(u.Id, u.Name, u.Email!, "", u.CreatedAt)).ToListAsync(ct);
    }
}
