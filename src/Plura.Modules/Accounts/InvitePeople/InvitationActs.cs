using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Sends an invitation that nobody took once more, for another seven days; the link of before is no longer good.</summary>
public sealed record ResendInvitation
{
    public Guid Id { get; set; }
}

public sealed class ResendInvitationHandler(PluraDb db, Tenant tenant, Actor actor, RoleChoices roles, InvitationLinks links, InvitationLimits limits, ISystemMail mail, IAudit audit, TimeProvider clock)
{
    /// <summary>A letter a minute is enough for anybody.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task<Result> Handle(ResendInvitation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == command.Id && i.AccountId == tenant.Id, ct) is not { TakenAt: null, WithdrawnAt: null } invitation)
            return WithdrawInvitationHandler.Gone;
        if ((await roles.Give(invitation.RoleId?.ToString() ?? invitation.Role, ct)).Refusal is { } refusal)
            return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await limits.Exceeded(tenant.Id, letters: 1, ct) is { } exceeded)
            return exceeded;
        // Somebody else may have sent or withdrawn it, or it was taken, until the account was held.
        await db.Entry(invitation).ReloadAsync(ct);
        if (invitation is not { TakenAt: null, WithdrawnAt: null })
            return WithdrawInvitationHandler.Gone;
        var now = clock.GetUtcNow();
        if (now - invitation.SentAt < Pause)
            return Refusal.Limit("invite.again", "The invitation was sent a moment ago. Wait a minute before you send it again.");
        invitation.AskedBy(actor.Id);
        invitation.Send(links.Hash, now);
        mail.Post(InvitationLetter.Of(invitation, now));
        audit.Note("account.invite_again", invitation.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

/// <summary>Takes an invitation back: its link says so from now on.</summary>
public sealed record WithdrawInvitation
{
    public Guid Id { get; set; }
}

public sealed class WithdrawInvitationHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    public static readonly Refusal Gone = Refusal.NotFound("invite.gone", "This invitation does not wait any more: it was taken or withdrawn.");

    public async Task<Result> Handle(WithdrawInvitation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == command.Id && i.AccountId == tenant.Id, ct) is not { TakenAt: null, WithdrawnAt: null } invitation)
            return Gone;
        invitation.Withdraw(clock.GetUtcNow());
        audit.Note("account.withdraw_invitation", invitation.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
