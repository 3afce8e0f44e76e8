using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What could still let somebody in as a person after a new password. It commits with the caller's change.</summary>
public sealed class WaysIn(PluraDb db, OpenSessions sessions, TimeProvider clock)
{
    /// <summary>
    /// Ends what waits to change where the person's letters go: whoever asked for it knew the password of before. What was confirmed already
    /// stays as it is, because the old address must still be able to undo it.
    /// </summary>
    public async Task EndEmailChanges(Guid user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var change in await db.EmailChanges.Where(c => c.UserId == user && c.ConfirmedAt == null && c.StoppedAt == null).ToListAsync(ct))
            change.Stop(now);
    }

    /// <summary>
    /// The mailbox of a user whose address nobody had confirmed answers for the first time, by another way than their own link. Whoever typed
    /// the address in may have been somebody else: nothing that they prepared opens this user any more.
    /// </summary>
    public async Task Forget(User unconfirmed, CancellationToken ct)
    {
        var user = unconfirmed.Id;
        db.RemoveRange(await db.UserLogins.Where(l => l.UserId == user).ToListAsync(ct));
        db.RemoveRange(await db.UserPasskeys.Where(p => p.UserId == user).ToListAsync(ct));
        db.RemoveRange(await db.Authenticators.Where(a => a.UserId == user).ToListAsync(ct));
        db.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == user).ToListAsync(ct));
        db.RemoveRange(await db.KnownDevices.Where(d => d.UserId == user).ToListAsync(ct));
        await EndEmailChanges(user, ct);
        await sessions.EndAll(user, SessionEnds.Password, but: null, ct);
    }
}
