using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What the page behind an invitation's link shows.</summary>
/// <param name="State">See <see cref="Invitation.State"/>.</param>
/// <param name="Agency">Who opened the account, where it has no owner yet and this person becomes it; else null.</param>
/// <param name="Role">Null for a role that the account made for itself.</param>
public sealed record InvitationView(string Email, string State, string Business, string Slug, string? Role, string? By, Guid? TakenBy, string? Agency);

/// <summary>Finds invitations by the token in their link, and lets people in by them.</summary>
public sealed class Invitations(PluraDb db, Tenant tenant, InviterStanding inviters, INotices notices, IAudit audit, TimeProvider clock)
{
    /// <summary>The kind of the notice.</summary>
    public const string Joined = "person_joined";

    public static readonly Refusal Stale = Refusal.Conflict("join.stale", "This invitation is no longer good: it was used, withdrawn, or is more than seven days old. Ask for a new one.");

    public async Task<InvitationView?> Show(string token, CancellationToken ct)
    {
        var hash = InvitationLinks.HashOf(token);
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.LinkHash == hash, ct) is not { } invitation)
            return null;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == invitation.AccountId, ct);
        var by = await db.Users.Where(u => u.Id == invitation.InvitedBy).Select(u => u.Name).FirstOrDefaultAsync(ct);
        // A role of the account's own has a name that only its people know; to the invited it says nothing.
        var role = invitation.RoleId is null ? RoleChoices.BuiltIn.FirstOrDefault(r => r.Role == invitation.Role).Name : null;
        var agency = await TakesOver(invitation, ct) ? await db.Agencies.Where(a => a.Id == account.AgencyId).Select(a => a.Name).FirstAsync(ct) : null;
        return new InvitationView(invitation.Email, invitation.State(clock.GetUtcNow()), account.Name, account.Slug, role, by, invitation.TakenBy, agency);
    }

    /// <summary>The account has no owner, and gets one by this.</summary>
    public async Task<bool> TakesOver(Invitation invitation, CancellationToken ct) =>
        invitation.Role == Membership.Owner && !await db.Memberships.AnyAsync(m => m.AccountId == invitation.AccountId && m.Role == Membership.Owner, ct);

    /// <summary>
    /// The invitation while it waits, held until the transaction ends: two clicks at once take it once. The account is held first, as
    /// whoever changes its people or offers it does: of two who would take it over one comes second.
    /// </summary>
    public async Task<Invitation?> Hold(string token, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from accounts.account where id = {tenant.Id} for update", ct);
        var hash = InvitationLinks.HashOf(token);
        var invitation = await db.Invitations.FromSql($"select * from accounts.invitation where link_hash = {hash} for update").SingleOrDefaultAsync(ct);
        // Into an account that was closed nobody comes any more.
        return invitation?.State(clock.GetUtcNow()) == Invitation.Waiting && await db.Accounts.AnyAsync(a => a.Id == invitation.AccountId && a.ReadableUntil == null, ct) ? invitation : null;
    }

    /// <summary>The account that the token leads to; entered before a transaction opens its connection.</summary>
    public async Task<bool> Enter(string token, CancellationToken ct)
    {
        var hash = InvitationLinks.HashOf(token);
        var account = await db.Invitations.Where(i => i.LinkHash == hash).Select(i => (Guid?)i.AccountId).SingleOrDefaultAsync(ct);
        if (account is not { } id)
            return false;
        tenant.Enter(id);
        return true;
    }

    /// <summary>Writes down that they belong; the caller saves. False where the role has gone since, or whoever invited could not do it any more.</summary>
    public async Task<bool> Take(Invitation invitation, Guid userId, string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (invitation.RoleId is { } role && !await db.Roles.AnyAsync(r => r.Id == role, ct))
            return false;
        if (!await inviters.CouldStill(invitation, ct))
            return false;
        invitation.Take(userId, now);
        var takesOver = await TakesOver(invitation, ct);
        if (takesOver)
            await inviters.WithdrawOtherOffers(invitation, now, ct);
        audit.Note(takesOver ? "account.take_over" : "account.join", userId);
        if (await db.Memberships.AnyAsync(m => m.AccountId == invitation.AccountId && m.UserId == userId, ct))
            return true;
        // Told before they belong, so it is no news to themselves.
        notices.Post(Joined, $"{name} has joined the account.", "settings/people?person=" + userId);
        db.Memberships.Add(Membership.Of(invitation.AccountId, userId, invitation.Role, clock.GetUtcNow(), invitation.RoleId, invitation.Sight));
        var wanted = invitation.TeamIds().ToList();
        foreach (var team in await db.Teams.Where(t => wanted.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct))
            db.TeamMembers.Add(TeamMember.Of(team, userId));
        return true;
    }
}
