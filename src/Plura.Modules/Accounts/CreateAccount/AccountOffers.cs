using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// An account that an agency opened is offered to its owner as an invitation: nobody is inside until that person has taken it, not the
/// agency either. Only an account without an owner can be offered.
/// </summary>
public sealed class AccountOffers(PluraDb db, Actor actor, InvitationLinks links, ISystemMail mail, TimeProvider clock)
{
    /// <summary>The kind of the letter.</summary>
    public const string Letter = "account_offer";

    /// <summary>Asks this person; whoever was asked before is asked no more. The caller holds the account, so that one offer is open at a time, and saves.</summary>
    public async Task Make(Guid account, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var address = email.ToLowerInvariant();
        var waiting = await db.Invitations.Where(i => i.AccountId == account && i.Role == Membership.Owner && i.TakenAt == null && i.WithdrawnAt == null).ToListAsync(ct);
        // By somebody else of the desk it is another offer: it stands by whoever made it.
        var invitation = waiting.Find(i => i.Email == address && i.InvitedBy == actor.Id);
        foreach (var other in waiting.Where(i => i != invitation))
            other.Withdraw(now);
        if (invitation is null)
        {
            invitation = Invitation.To(account, address, Membership.Owner, roleId: null, Sights.All, [], actor.Id, now);
            db.Invitations.Add(invitation);
        }

        invitation.Send(links.Hash, now);
        mail.Post(new SystemLetter(Letter, invitation.Id, Guid.CreateVersion7(now), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    public async Task<bool> HasOwner(Guid account, CancellationToken ct) => await db.Memberships.AnyAsync(m => m.AccountId == account && m.Role == Membership.Owner, ct);
}
