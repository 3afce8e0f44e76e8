using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Somebody who is signed in proves once more who they are, by one of the three: by their password only where they have no app whose
/// code is asked for at the door too. The session gets a new reference and a new time of proof.
/// </summary>
public sealed record ConfirmItIsYou
{
    public ProvenBy By { get; set; }

    [KeepBlanks]
    public string? Password { get; set; }

    /// <summary>A code of the app, or a recovery code.</summary>
    public string? Code { get; set; }

    /// <summary>A passkey's answer, as JSON.</summary>
    public string? Credential { get; set; }
}

public enum ProvenBy
{
    Password,
    Code,
    Passkey,
}

public sealed class ConfirmItIsYouHandler(UserManager<User> users, SignInManager<User> signIn, IHttpContextAccessor http, PasswordHashes passwords, SecondFactor factor, Passkeys passkeys, Tries tries, Actor actor, TimeProvider clock)
{
    private static readonly Refusal WrongPassword = Refusal.Invalid("confirm.wrong", "This is not your password. After five wrong tries your account rests for a while, 15 minutes at most.", nameof(ConfirmItIsYou.Password));
    private static readonly Refusal NotEnough = Refusal.Invalid("confirm.code_needed", "You have an authenticator app, so the password alone is not enough. Confirm by a code from the app, or by one of your recovery codes.", nameof(ConfirmItIsYou.Password));
    private static readonly Refusal WrongCode = Refusal.Invalid("confirm.wrong", "This code is not right, or it was used already.", nameof(ConfirmItIsYou.Code));
    private static readonly Refusal WrongPasskey = Refusal.Invalid("confirm.wrong", "This passkey is not one of yours. Use another, or the other way on this page.");

    public async Task<Result> Handle(ConfirmItIsYou command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await users.FindByIdAsync(actor.Id.ToString()!) is not { } user)
            return WrongPassword;
        if (await Wrong(command, user, ct) is { } wrong)
            return wrong;
        await tries.Forget(user.Id, ct);
        var ticket = (await http.HttpContext!.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties ?? new AuthenticationProperties();
        Proof.Note(ticket, clock.GetUtcNow());
        await signIn.SignInAsync(user, ticket);
        return Result.Done;
    }

    private async Task<Refusal?> Wrong(ConfirmItIsYou command, User user, CancellationToken ct)
    {
        if (command.By == ProvenBy.Passkey)
            return (await passkeys.Check(command.Credential, ct))?.Id == user.Id ? null : WrongPasskey;
        var rested = await tries.Begin(user.Id, ct);
        if (command.By == ProvenBy.Code)
            return rested && await factor.Accept(user.Id, command.Code ?? "", ct) ? null : WrongCode;
        // Else whoever learned the password and sits at an open browser could turn the app off, and make a way in of their own.
        if (await factor.Has(user.Id, ct))
            return NotEnough;
        return passwords.Right(user, command.Password ?? "") && rested ? null : WrongPassword;
    }
}
