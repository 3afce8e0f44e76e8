using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The person does not know the device of which a letter told them: every session ends, no device is known any more, a change of address that waits is stopped, and a link for a new password is on its way.</summary>
public sealed record NotMe
{
    public const string Path = "/not-me";

    /// <summary>How long the letter's link works.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromDays(7);

    /// <summary>The device.</summary>
    public Guid Id { get; set; }

    public string Key { get; set; } = "";
}

public sealed class NotMeHandler(PluraDb db, LetterKeys keys, OpenSessions sessions, WaysIn ways, PasswordResets resets, TimeProvider clock)
{
    private static readonly Refusal Stale = Refusal.Conflict("not_me.stale", "This link is no longer good: it was used already, or it is more than seven days old. If you think that somebody else can sign in as you, choose a new password.");

    public async Task<Result> Handle(NotMe command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        var device = await db.KnownDevices.FirstOrDefaultAsync(d => d.Id == command.Id, ct);
        if (device is null || !keys.Fits(command.Key, NotMe.Path, command.Id) || now > device.Since + NotMe.Good)
            return Stale;
        var user = await db.Users.FirstAsync(u => u.Id == device.UserId, ct);
        user.Mistrust();
        await ways.EndEmailChanges(user.Id, ct);
        await sessions.EndAll(user.Id, SessionEnds.NotMe, but: null, ct);
        db.KnownDevices.RemoveRange(await db.KnownDevices.Where(d => d.UserId == user.Id).ToListAsync(ct));
        resets.Ask(user, now);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
