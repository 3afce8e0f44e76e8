using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A signed-in person gives themselves another password; everywhere else they have to sign in again, and a letter tells them.</summary>
public sealed record ChangePassword
{
    [KeepBlanks, Required(ErrorMessage = "Enter the password that you have now.")]
    public string Current { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Choose a new password."), StringLength(256, MinimumLength = 15, ErrorMessage = "Choose a password of at least 15 characters. Four words in a row are easy to remember.")]
    public string New { get; set; } = "";
}

public sealed class ChangePasswordHandler(PluraDb db, UserManager<User> users, SignInManager<User> signIn, IPasswordHasher<User> hasher, OwnPassword own, Passwords passwords, OpenSessions sessions, WaysIn ways, ISystemMail mail, IAudit audit, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(ChangePassword command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = (await users.FindByIdAsync(actor.Id!.Value.ToString()))!;
        if (await own.Check(user, command.Current, nameof(command.Current), ct) is { } wrong)
            return wrong;
        if (string.Equals(command.New, command.Current, StringComparison.Ordinal))
            return Refusal.Invalid("password.same", "This is the password that you have now. Choose another one.", nameof(command.New));
        if (await passwords.Check(command.New, ct, user.Email!, user.Name) is { } weak)
            return Refusal.Invalid("password.weak", weak, nameof(command.New));
        var now = clock.GetUtcNow();
        user.TakePassword(hasher.HashPassword(user, command.New));
        await ways.EndEmailChanges(user.Id, ct);
        await sessions.EndAll(user.Id, SessionEnds.Password, sessions.Current, ct);
        audit.Note("account.change_password", user.Id);
        mail.Post(PasswordLetters.Changed(user.Id, now));
        await db.SaveChangesAsync(ct);
        // The stamp in this browser's session is the old one; without a new one it would end within minutes too.
        await signIn.RefreshSignInAsync(user);
        return Result.Done;
    }
}
