using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Somebody who is signed in takes an invitation that was sent to their own address.</summary>
public sealed record AcceptInvitation
{
    public string Token { get; set; } = "";

    /// <summary>Asked of whoever takes an account over: its data are theirs to answer for.</summary>
    public bool AcceptProcessing { get; set; }
}

public sealed class AcceptInvitationHandler(PluraDb db, UserManager<User> users, Actor actor, Invitations invitations, IPolicyVersions policies, TimeProvider clock)
{
    public async Task<Result> Handle(AcceptInvitation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor is not { Kind: ActorKind.User, Id: { } id } || await users.FindByIdAsync(id.ToString()) is not { EmailConfirmed: true } user)
            return Refusal.Forbidden("join.sign_in", "Sign in first, then take the invitation.");
        if (!await invitations.Enter(command.Token, ct))
            return Invitations.Stale;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await invitations.Hold(command.Token, ct) is not { } invitation)
            return Invitations.Stale;
        if (!string.Equals(user.NormalizedEmail, users.NormalizeEmail(invitation.Email), StringComparison.Ordinal))
            return Refusal.Forbidden("join.other_address", "This invitation was sent to another address than the one you are signed in with. Sign out, and sign in with the invited one.");
        if (await invitations.TakesOver(invitation, ct))
        {
            if (!command.AcceptProcessing)
                return Refusal.Invalid("join.dpa", "To take the account over, accept the data-processing agreement: it binds us to handle your customers' data only as you say.", nameof(command.AcceptProcessing));
            db.Acceptances.Add(Acceptance.Of(user.Id, invitation.AccountId, policies.Current("dpa"), "invitation", ipHash: null, clock.GetUtcNow()));
        }

        if (!await invitations.Take(invitation, user.Id, user.Name, ct))
            return Invitations.Stale;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
