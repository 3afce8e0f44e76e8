using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Somebody came by the letter's link and chose a new password: all sessions end, and they are told by another letter.</summary>
public sealed record ResetPassword
{
    public const string Path = "/reset";

    public Guid Id { get; set; }

    public string Key { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Choose a password."), StringLength(256, MinimumLength = 15, ErrorMessage = "Choose a password of at least 15 characters. Four words in a row are easy to remember.")]
    public string Password { get; set; } = "";
}

public sealed class ResetPasswordHandler(PluraDb db, IPasswordHasher<User> hasher, Passwords passwords, LetterKeys keys, OpenSessions sessions, WaysIn ways, ISystemMail mail, IAudit audit, TimeProvider clock)
{
    public static readonly Refusal Stale = Refusal.Conflict("reset.stale", "This link is no longer good: it was used already, it is more than an hour old, or your sign-in has changed since. Ask for a new one.");

    public async Task<Result> Handle(ResetPassword command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        var reset = await db.PasswordResets.FirstOrDefaultAsync(r => r.Id == command.Id, ct);
        if (reset is null || !reset.IsGood(now) || await db.Users.FirstOrDefaultAsync(u => u.Id == reset.UserId, ct) is not { } user || !keys.Fits(command.Key, ResetPassword.Path, reset.Id, user.SecurityStamp))
            return Stale;
        if (await passwords.Check(command.Password, ct, user.Email!, user.Name) is { } weak)
            return Refusal.Invalid("reset.password", weak, nameof(command.Password));
        reset.Use(now);
        user.TakePassword(hasher.HashPassword(user, command.Password));
        if (!user.EmailConfirmed)
            await ways.Forget(user, ct);
        // The link came by this address, so it is theirs.
        user.EmailConfirmed = true;
        await ways.EndEmailChanges(user.Id, ct);
        await sessions.EndAll(user.Id, SessionEnds.Password, but: null, ct);
        audit.Note("account.change_password", user.Id);
        mail.Post(PasswordLetters.Changed(user.Id, now));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>What tells a person that their password is another one now.</summary>
internal static class PasswordLetters
{
    public static SystemLetter Changed(Guid user, DateTimeOffset now) => new(
        "password_changed", user, Guid.CreateVersion7(now), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/forgot" });
}
