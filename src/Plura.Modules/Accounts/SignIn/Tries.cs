using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Wrong passwords and codes of one person, counted together. From the fifth in a row each asks for a longer rest: 30 seconds, doubled
/// every time, and 15 minutes at most, so that nobody can lock another out for good; a passkey and a new password by letter work all the while.
/// After a day without a try the count begins anew.
/// </summary>
public sealed class Tries(PluraDb db, TimeProvider clock)
{
    /// <summary>
    /// Counts the try before it is looked at, so that a thousand at once are not a thousand tries; false while the person rests.
    /// A try for nobody is the same statement and touches no row.
    /// </summary>
    public async Task<bool> Begin(Guid? user, CancellationToken ct)
    {
        var (now, dayAgo, id) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(-1), user ?? Guid.Empty);
        return await db.Database.ExecuteSqlAsync(
            $"""
            update accounts."user" u
            set access_failed_count = t.tries,
                lockout_end = {now} + case when t.tries < 5 then interval '0' else least(interval '15 minutes', interval '30 seconds' * power(2, least(t.tries - 5, 9))) end
            from (select id, case when lockout_end < {dayAgo} then 1 else access_failed_count + 1 end as tries from accounts."user" where id = {id} for update) t
            where u.id = t.id and (u.lockout_end is null or u.lockout_end <= {now})
            """,
            ct) == 1;
    }

    /// <summary>The person is inside: what went wrong before is forgotten.</summary>
    public Task Forget(Guid user, CancellationToken ct) => db.Users.Where(u => u.Id == user)
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), ct);
}
