using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What somebody cannot leave before another has it.</summary>
/// <param name="Name">The account's or the agency's.</param>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Desk">An agency's desk, and not an account.</param>
public sealed record Tie(string Name, string Slug, bool Desk);

/// <summary>Accounts and desks that would be nobody's without this person.</summary>
public sealed class Ties(PluraDb db)
{
    public async Task<IReadOnlyList<Tie>> Of(Guid person, CancellationToken ct)
    {
        var (members, desks, all) = (db.Memberships, db.AgencyMembers, db.Accounts);
        // A closed account needs nobody any more: it waits for its day by itself.
        var alone = db.Accounts.Where(a => a.ReadableUntil == null && members.Any(m => m.AccountId == a.Id && m.UserId == person && m.Role == Membership.Owner)
            && !members.Any(m => m.AccountId == a.Id && m.UserId != person && m.Role == Membership.Owner));
        var accounts = await alone.OrderBy(a => a.Name).Select(a => new Tie(a.Name, a.Slug, false)).ToListAsync(ct);
        // A desk is given on while somebody stands there too, or while it looks after an account that is not on the list already.
        var agencies = await db.Agencies.Where(g => desks.Any(m => m.AgencyId == g.Id && m.UserId == person && m.Role == AgencyMember.Owner)
                && !desks.Any(m => m.AgencyId == g.Id && m.UserId != person && m.Role == AgencyMember.Owner)
                && (desks.Any(m => m.AgencyId == g.Id && m.UserId != person) || all.Any(a => a.AgencyId == g.Id && a.ReadableUntil == null && !alone.Any(o => o.Id == a.Id))))
            .OrderBy(g => g.Name).Select(g => new Tie(g.Name, g.Slug, true)).ToListAsync(ct);
        return [.. accounts, .. agencies];
    }
}
