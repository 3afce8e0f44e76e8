using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Somebody new takes an invitation: they answer and accept what everybody who signs up does, and the link itself confirms their address.</summary>
public sealed record Join
{
    public string Token { get; set; } = "";

    [Required(ErrorMessage = "Enter your name."), StringLength(120, ErrorMessage = "A name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Choose a password."), StringLength(256, MinimumLength = 15, ErrorMessage = "Choose a password of at least 15 characters. Four words in a row are easy to remember.")]
    public string Password { get; set; } = "";

    [Required(ErrorMessage = "Enter the year you were born in, with four digits."), RegularExpression("^(19|20)[0-9]{2}$", ErrorMessage = "Enter the year you were born in, with four digits.")]
    public string BirthYear { get; set; } = "";

    public bool AcceptTerms { get; set; }

    public bool AcceptProcessing { get; set; }
}

public sealed class JoinHandler(PluraDb db, UserManager<User> users, IPasswordHasher<User> hasher, Passwords passwords, Invitations invitations, WaysIn ways, IPolicyVersions policies, ISystemMail mail, KeyFiles keys, TimeProvider clock)
{
    /// <summary>Succeeds also where the address has a user already, who gets a letter instead: the form tells nobody who has an account.</summary>
    public async Task<Result> Handle(Join command, string? ip, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        if (SignUpHandler.MayBeTooYoung(command.BirthYear, now))
            return SignUpHandler.TooYoung;
        if (!command.AcceptTerms)
            return Refusal.Invalid("sign_up.terms", "To join, accept the terms and the privacy policy.", nameof(command.AcceptTerms));
        if (!command.AcceptProcessing)
            return Refusal.Invalid("sign_up.dpa", "To join, accept the data-processing agreement: it binds us to handle your customers' data only as you say.", nameof(command.AcceptProcessing));
        if (!await invitations.Enter(command.Token, ct))
            return Invitations.Stale;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await invitations.Hold(command.Token, ct) is not { } invitation)
            return Invitations.Stale;
        if (await passwords.Check(command.Password, ct, invitation.Email, command.Name) is { } weak)
            return Refusal.Invalid("sign_up.password", weak, nameof(command.Password));

        var user = User.Join(command.Name, invitation.Email, "birth_year", now);
        user.PasswordHash = hasher.HashPassword(user, command.Password);   // also for a taken address: the same work
        var existing = await users.FindByEmailAsync(invitation.Email);
        if (existing is { EmailConfirmed: true })
        {
            mail.Post(new SystemLetter("already_registered", existing.Id, Guid.CreateVersion7(now), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = existing.Name }));
        }
        else
        {
            if (!await invitations.Take(invitation, (existing ?? user).Id, command.Name, ct))
                return Invitations.Stale;
            await Settle(existing, user, ct);
            foreach (var document in (string[])["terms", "privacy", "dpa"])
                db.Acceptances.Add(Acceptance.Of((existing ?? user).Id, invitation.AccountId, policies.Current(document), "invitation", AcceptedFrom.Hash(keys, ip), now));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>
    /// A user whose address nobody ever confirmed is whoever typed it in first; the one who holds the mailbox is this one. So the
    /// password is theirs from now on, and nothing else opens it: not what was signed in before, nor another door that was connected.
    /// </summary>
    private async Task Settle(User? unconfirmed, User fresh, CancellationToken ct)
    {
        if (unconfirmed is null)
        {
            (fresh.NormalizedEmail, fresh.NormalizedUserName, fresh.EmailConfirmed) = (users.NormalizeEmail(fresh.Email), users.NormalizeName(fresh.Email), true);
            db.Users.Add(fresh);
            return;
        }

        await db.Entry(unconfirmed).ReloadAsync(ct);
        await ways.Forget(unconfirmed, ct);
        (unconfirmed.PasswordHash, unconfirmed.SecurityStamp, unconfirmed.EmailConfirmed) = (fresh.PasswordHash, fresh.SecurityStamp, true);
    }
}
