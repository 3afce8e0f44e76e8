using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Whoever reads the old address says no. A change that was confirmed already is undone; in any case everybody is signed out, what was added to
/// the sign-in since is dropped, and the old address gets a link for a new password, because somebody knew the present one.
/// </summary>
public sealed record StopEmailChange
{
    public const string Path = "/stop-email-change";

    public Guid Id { get; set; }

    public string Key { get; set; } = "";
}

public sealed class StopEmailChangeHandler(PluraDb db, UserManager<User> users, LetterKeys keys, OpenSessions sessions, DoorsSince doors, PasswordResets resets, IAudit audit, TimeProvider clock)
{
    private static readonly Refusal Stale = Refusal.Conflict("email_change.stop_stale", "This link is no longer good: the change was stopped already, or it is more than seven days old.");

    /// <summary>Answers what was taken away, and what stays.</summary>
    public async Task<Result<DoorsSaid>> Handle(StopEmailChange command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        if (!keys.Fits(command.Key, StopEmailChange.Path, command.Id) || await db.EmailChanges.FirstOrDefaultAsync(c => c.Id == command.Id, ct) is not { } change || !change.CanBeStopped(now))
            return Stale;
        var user = await db.Users.FirstAsync(u => u.Id == change.UserId, ct);
        if (change.ConfirmedAt is not null)
        {
            var normalized = users.NormalizeEmail(change.OldEmail);
            if (await db.Users.AnyAsync(u => u.NormalizedEmail == normalized && u.Id != user.Id, ct))
                return Refusal.Conflict("email_change.old_taken", "There is another account with this address by now, so we cannot give it back by ourselves. Please write to us.");
            user.TakeAddress(change.OldEmail, normalized);
        }

        // Whoever asked for this one may have asked for more since.
        foreach (var later in await db.EmailChanges.Where(c => c.UserId == user.Id && c.AskedAt >= change.AskedAt && c.StoppedAt == null).ToListAsync(ct))
            later.Stop(now);
        var said = await doors.Drop(user, change.Suspect, ct);
        await sessions.EndAll(user.Id, SessionEnds.Email, but: null, ct);
        resets.Ask(user, now);
        audit.Note("account.stop_email_change", user.Id);
        await db.SaveChangesAsync(ct);
        return said;
    }
}
