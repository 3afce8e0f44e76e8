using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The first step into a session. Every failure gets the same sentence after the same work, whether or not the address is known.</summary>
public sealed record SignIn
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    public string Email { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = "";

    /// <summary>Thirty days on this device, however long nobody clicks.</summary>
    public bool Stay { get; set; }
}

/// <summary>Where somebody stands after a step.</summary>
public enum SignedInAs
{
    /// <summary>Inside: a session was opened.</summary>
    Inside,

    /// <summary>Half-way: a code from their app is asked for next.</summary>
    HalfWay,
}

public sealed class SignInHandler(UserManager<User> users, PasswordHashes passwords, Tries tries, NextStep next, WatchSignIns watch, ISystemMail mail, LetterPace pace, PluraDb db, IAudit audit, TimeProvider clock)
{
    private static readonly Refusal Wrong = Refusal.Invalid("sign_in.wrong", "This e-mail address and password do not belong together. After five wrong tries an account rests for a while, 15 minutes at most.", nameof(SignIn.Email));

    public async Task<Result<SignedInAs>> Handle(SignIn command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = await users.FindByEmailAsync(command.Email);
        var rested = await tries.Begin(user?.Id, ct);
        var right = passwords.Right(user, command.Password);
        if (user is null || !rested || !right)
        {
            // Also for an address that nobody has: the same work.
            audit.Note("account.sign_in_failed", user?.Id);
            await watch.Failed(command.Email, ct);
            await db.SaveChangesAsync(ct);
            return Wrong;
        }

        var again = !user.EmailConfirmed && await pace.Take(user.Email!, ct);
        if (again)
            mail.Post(new SystemLetter("confirm_email", user.Id, Guid.CreateVersion7(clock.GetUtcNow()), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = user.Name }));
        await db.SaveChangesAsync(ct);
        if (user.EmailConfirmed)
            return await next.After(user, command.Stay, ct);
        return Refusal.Forbidden("sign_in.unconfirmed", again
            ? "Please confirm your e-mail address first. We have just sent you the link again."
            : "Please confirm your e-mail address first. We have sent you the link several times within this hour: look among unwanted mail too.");
    }
}
