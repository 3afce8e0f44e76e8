using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// A person wants to sign in by another address. The new one gets a link to confirm it, the old one is told at once and can stop it. Whether
/// somebody else has the new address is told only to them.
/// </summary>
public sealed record ChangeEmail
{
    /// <summary>To the old address, at once.</summary>
    public const string AskedLetter = "email_change_asked";

    /// <summary>To the new address, with the link.</summary>
    public const string ConfirmLetter = "email_change_confirm";

    /// <summary>To whoever has the new address already.</summary>
    public const string TakenLetter = "email_taken";

    /// <summary>To the old address, once it is done.</summary>
    public const string ChangedLetter = "email_changed";

    /// <summary>To the new address, once it is done.</summary>
    public const string WelcomeLetter = "email_welcome";

    [Required(ErrorMessage = "Enter your new e-mail address."), EmailAddress(ErrorMessage = "This does not look like an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string Email { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = "";
}

public sealed class ChangeEmailHandler(PluraDb db, UserManager<User> users, OwnPassword own, ISystemMail mail, LetterPace pace, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(ChangeEmail command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = (await users.FindByIdAsync(actor.Id!.Value.ToString()))!;
        if (await own.Check(user, command.Password, nameof(command.Password), ct) is { } wrong)
            return wrong;
        var normalized = users.NormalizeEmail(command.Email);
        if (string.Equals(normalized, user.NormalizedEmail, StringComparison.Ordinal))
            return Refusal.Invalid("email.same", "This is your address already.", nameof(command.Email));
        // Whether or not somebody has the address: that answer says nothing of it.
        if (!await pace.Take(command.Email, ct))
            return Refusal.Invalid("email.many", "We have written to this address several times within this hour. Look into its mailbox, also among unwanted mail, or try again in an hour.", nameof(command.Email));
        var now = clock.GetUtcNow();
        foreach (var earlier in await db.EmailChanges.Where(c => c.UserId == user.Id && c.ConfirmedAt == null && c.StoppedAt == null).ToListAsync(ct))
            earlier.Stop(now);
        var change = EmailChange.Ask(user.Id, user.Email!, command.Email, now);
        db.EmailChanges.Add(change);
        mail.Post(Letter(ChangeEmail.AskedLetter, user.Id, change.Id));
        if (await db.Users.Where(u => u.NormalizedEmail == normalized).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(ct) is { } owner)
            mail.Post(Letter(ChangeEmail.TakenLetter, owner, change.Id));
        else
            mail.Post(Letter(ChangeEmail.ConfirmLetter, user.Id, change.Id));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    internal static SystemLetter Letter(string kind, Guid user, Guid change) =>
        new(kind, user, change, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/sign-in" });
}
