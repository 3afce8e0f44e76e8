using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Wrong passwords and codes, counted together. From the fifth in a row each asks for a longer rest: 30 seconds, doubled every time, and 15
/// minutes at most. After a day without a try the count begins anew. There are three counts, so that nobody is kept out by a stranger who goes
/// on guessing: one of a person for all browsers that we do not know as theirs, one of each browser by which they signed in before, and one of
/// each session, where somebody who is inside is asked once more. A passkey, and a new password by letter, work all the while.
/// </summary>
public sealed class Tries(PluraDb db, ThisDevice device, OpenSessions sessions, TimeProvider clock)
{
    private static readonly string OfPerson = Statement("\"user\"", "access_failed_count", "lockout_end");
    private static readonly string OfDevice = Statement("known_device", "wrong_tries", "rests_until");
    private static readonly string OfSession = Statement("session", "wrong_tries", "rests_until");

    /// <summary>
    /// A try to get in. It is counted before it is looked at, so that a thousand at once are not a thousand tries; false while this rests.
    /// A try for nobody is the same work and touches no row.
    /// </summary>
    public async Task<bool> Begin(Guid? user, CancellationToken ct) =>
        await device.Of(user, ct) is { } known ? await Count(OfDevice, known.Id, ct) : await Count(OfPerson, user ?? Guid.Empty, ct);

    /// <summary>The same for somebody who is inside and is asked once more who they are.</summary>
    public Task<bool> BeginInside(Guid user, CancellationToken ct) =>
        sessions.Current is { } session ? Count(OfSession, session, ct) : Count(OfPerson, user, ct);

    /// <summary>The person is inside: what went wrong before, here and in browsers that we do not know, is forgotten.</summary>
    public async Task Forget(Guid user, CancellationToken ct)
    {
        await db.Users.Where(u => u.Id == user).ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), ct);
        if (await device.Of(user, ct) is { Id: var known })
            await db.KnownDevices.Where(d => d.Id == known).ExecuteUpdateAsync(set => set.SetProperty(d => d.WrongTries, 0).SetProperty(d => d.RestsUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>Somebody inside has proved who they are. What strangers tried meanwhile is another count.</summary>
    public async Task ForgetInside(CancellationToken ct)
    {
        if (sessions.Current is { } session)
            await db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(set => set.SetProperty(s => s.WrongTries, 0).SetProperty(s => s.RestsUntil, (DateTimeOffset?)null), ct);
    }

    private async Task<bool> Count(string statement, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Database.ExecuteSqlRawAsync(statement, [now, now.AddDays(-1), id], ct) == 1;
    }

    private static string Statement(string table, string tries, string until) => $$"""
        update accounts.{{table}} u
        set {{tries}} = t.tries,
            {{until}} = {0} + case when t.tries < 5 then interval '0' else least(interval '15 minutes', interval '30 seconds' * power(2, least(t.tries - 5, 9))) end
        from (select id, case when {{until}} < {1} then 1 else {{tries}} + 1 end as tries from accounts.{{table}} where id = {2} for update) t
        where u.id = t.id and (u.{{until}} is null or u.{{until}} <= {0})
        """;
}
