using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// An invitation is worth what its maker may do: it falls when they go or may no longer give that role, as their programs do. Enter the
/// account first.
/// </summary>
public sealed class InviterStanding(PluraDb db, RoleBook book, Tenant tenant)
{
    /// <summary>Whether whoever made it could make it now. An agency's offer holds while the account has no owner and its maker works at the desk.</summary>
    public async Task<bool> CouldStill(Invitation invitation, CancellationToken ct)
    {
        // The product itself: the demo, and commands of whoever runs the installation.
        if (invitation.InvitedBy is not { } maker)
            return true;
        var membership = await db.Memberships.FirstOrDefaultAsync(m => m.AccountId == invitation.AccountId && m.UserId == maker, ct);
        return membership is null ? await Offers(invitation, maker, ct) : await Gives(membership, invitation, ct);
    }

    /// <summary>Takes back what somebody asked for and could ask for no more; the caller holds the account and saves.</summary>
    /// <param name="maker">Who invited.</param>
    /// <param name="membership">Their place from now on; null where they go.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Stops it.</param>
    public async Task WithdrawWhatFell(Guid maker, Membership? membership, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var invitation in await db.Invitations.Where(i => i.AccountId == tenant.Id && i.InvitedBy == maker && i.TakenAt == null && i.WithdrawnAt == null).ToListAsync(ct))
        {
            if (membership is null || !await Gives(membership, invitation, ct))
                invitation.Withdraw(now);
        }
    }

    /// <summary>Somebody took the account over: nobody else can by an older letter.</summary>
    public async Task WithdrawOtherOffers(Invitation taken, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var other in await db.Invitations.Where(i => i.AccountId == taken.AccountId && i.Id != taken.Id && i.Role == Membership.Owner && i.TakenAt == null && i.WithdrawnAt == null).ToListAsync(ct))
            other.Withdraw(now);
    }

    private async Task<bool> Offers(Invitation invitation, Guid maker, CancellationToken ct)
    {
        if (invitation.Role != Membership.Owner || await db.Memberships.AnyAsync(m => m.AccountId == invitation.AccountId && m.Role == Membership.Owner, ct))
            return false;
        var accounts = db.Accounts;
        var desk = await db.AgencyMembers.Where(m => m.UserId == maker && accounts.Any(a => a.Id == invitation.AccountId && a.AgencyId == m.AgencyId)).Select(m => m.Role).FirstOrDefaultAsync(ct);
        return desk is not null && book.OfAgencyMember(desk).Contains("agency.accounts", StringComparer.Ordinal);
    }

    private async Task<bool> Gives(Membership maker, Invitation invitation, CancellationToken ct)
    {
        if (invitation.Role == Membership.Owner)
            return maker.Role == Membership.Owner;
        var own = await db.Roles.Where(r => r.Id == maker.RoleId || r.Id == invitation.RoleId).ToDictionaryAsync(r => r.Id, r => r.Permissions, ct);
        var may = book.OfMember(maker.Role, Own(maker.RoleId), sight: maker.Sight).ToHashSet(StringComparer.Ordinal);
        return may.Contains("account.people") && may.IsSupersetOf(book.OfMember(invitation.Role, Own(invitation.RoleId)));

        string? Own(Guid? role) => role is { } id ? own.GetValueOrDefault(id) : null;
    }
}
