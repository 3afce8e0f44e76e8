using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Who is known to the installation for no reason any more. The worker deletes them, and the policy's check counts whom it forgot.</summary>
public sealed class Placeless(PluraDb db, Operators operators)
{
    /// <summary>People without any place since the months that are promised. Not whom an invitation waits for, and not the installation's operators.</summary>
    public IQueryable<User> People(DateTimeOffset now)
    {
        var (before, places, desks) = (now.ToUniversalTime().AddMonths(-User.MonthsWithoutPlace), db.Memberships, db.AgencyMembers);
        var exempt = operators.Addresses.Select(a => a.ToUpperInvariant()).ToList();
        return NotInvited(now).Where(u => (u.LastPlaceEndedAt ?? u.CreatedAt) <= before && !exempt.Contains(u.NormalizedEmail!)
            && !places.Any(m => m.UserId == u.Id) && !desks.Any(m => m.UserId == u.Id));
    }

    /// <summary>Sign-ups that nobody confirmed in time.</summary>
    public IQueryable<User> SignUps(DateTimeOffset now)
    {
        var before = now - User.WaitsForConfirmation;
        return NotInvited(now).Where(u => !u.EmailConfirmed && u.CreatedAt <= before);
    }

    /// <summary>Agencies that have looked after no account since those months.</summary>
    public IQueryable<Agency> Agencies(DateTimeOffset now)
    {
        var (before, accounts) = (now.ToUniversalTime().AddMonths(-User.MonthsWithoutPlace), db.Accounts);
        return db.Agencies.Where(g => g.EmptySince <= before && !accounts.Any(a => a.AgencyId == g.Id));
    }

    /// <summary>An address is written in either case. A sign that stands for any other ("_") spares somebody at worst, until the invitation is over.</summary>
    private IQueryable<User> NotInvited(DateTimeOffset now)
    {
        var invitations = db.Invitations;
        return db.Users.Where(u => !invitations.Any(i => EF.Functions.ILike(i.Email, u.Email!) && i.TakenAt == null && i.WithdrawnAt == null && i.ExpiresAt > now));
    }
}
