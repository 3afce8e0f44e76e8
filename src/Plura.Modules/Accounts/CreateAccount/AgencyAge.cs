using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Every new account begins with a day's messages of its own. So an agency that nobody knows yet opens a few a day, and none while one of
/// its accounts is held or stopped: else whoever was held would open the next.
/// </summary>
public sealed class AgencyAge(PluraDb db, TimeProvider clock)
{
    public const int AccountsADay = 5;

    private static readonly TimeSpan Young = TimeSpan.FromDays(30);

    public static bool IsYoung(DateTimeOffset founded, DateTimeOffset now) => now - founded < Young;

    /// <summary>Null where the agency may open one more. Asked in a transaction: the agency is held until it ends.</summary>
    public async Task<Refusal?> Refuses(Guid agencyId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from accounts.agency where id = {agencyId} for no key update", ct);
        var now = clock.GetUtcNow();
        var founded = await db.Agencies.Where(a => a.Id == agencyId).Select(a => a.CreatedAt).SingleAsync(ct);
        if (!IsYoung(founded, now))
            return null;
        if (await db.Accounts.AnyAsync(a => a.AgencyId == agencyId && (a.HeldAt != null || a.StoppedAt != null), ct))
            return Refusal.Conflict("account.agency_held", "The messages of one of your accounts are held or stopped. Until that is settled you can open no other: open that account to read why and to answer, or write to us by the contact page.");
        var since = now.AddDays(-1);
        return await db.Accounts.CountAsync(a => a.AgencyId == agencyId && a.CreatedAt > since, ct) < AccountsADay ? null
            : Refusal.Limit("account.day", $"In its first month an agency opens at most {AccountsADay} accounts a day. Open the next one tomorrow, or write to us by the contact page if it cannot wait.");
    }
}
