using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Whoever reads the new address pressed the button: from now on the person signs in by it, and both addresses are told.</summary>
public sealed record ConfirmNewEmail
{
    public const string Path = "/confirm-new-email";

    public Guid Id { get; set; }

    public string Key { get; set; } = "";
}

public sealed class ConfirmNewEmailHandler(PluraDb db, UserManager<User> users, LetterKeys keys, ISystemMail mail, IAudit audit, TimeProvider clock)
{
    private static readonly Refusal Stale = Refusal.Conflict("email_change.stale", "This link is no longer good: it was used already, it is more than a day old, or the change was stopped.");

    public async Task<Result> Handle(ConfirmNewEmail command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        if (!keys.Fits(command.Key, ConfirmNewEmail.Path, command.Id) || await db.EmailChanges.FirstOrDefaultAsync(c => c.Id == command.Id, ct) is not { } change || !change.CanBeConfirmed(now))
            return Stale;
        var normalized = users.NormalizeEmail(change.NewEmail);
        // Only whoever reads this address gets here, so they may know.
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == normalized && u.Id != change.UserId, ct))
            return Refusal.Conflict("email_change.taken", "There is an account with this address by now, so the other one keeps its own.");
        var user = await db.Users.FirstAsync(u => u.Id == change.UserId, ct);
        change.Confirm(now);
        user.TakeAddress(change.NewEmail, normalized);
        audit.Note("account.change_email", user.Id);
        mail.Post(ChangeEmailHandler.Letter(ChangeEmail.WelcomeLetter, user.Id, change.Id));
        mail.Post(ChangeEmailHandler.Letter(ChangeEmail.ChangedLetter, user.Id, change.Id));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
