using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>Notes by which browsers a person signs in, and writes to them when one was not seen before.</summary>
public sealed class KnownDevices(PluraDb db, ISystemMail mail, TimeProvider clock)
{
    public const string NewDevice = "new_device";

    /// <param name="userId">Who has just signed in.</param>
    /// <param name="cookie">What the browser brought, or null.</param>
    /// <param name="device">In coarse words.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The cookie that the browser is to keep.</returns>
    public async Task<string> Meet(Guid userId, string? cookie, string device, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var kept = cookie is { Length: 64 } ? cookie : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var person = await db.Users.Where(u => u.Id == userId).Select(u => new { u.Email, u.TimeZone }).FirstAsync(ct);
        // Visitors of the demo share one person: each is new, and none of their devices is anybody else's business.
        if (string.Equals(person.Email, DemoAccount.OwnerEmail, StringComparison.OrdinalIgnoreCase))
            return kept;
        var hash = KnownDevice.HashOf(kept);
        if (await db.KnownDevices.FirstOrDefaultAsync(d => d.UserId == userId && d.Hash == hash, ct) is { } known)
        {
            known.Seen(now);
        }
        else
        {
            var fresh = KnownDevice.Of(userId, kept, now);
            // The first of all is the one that signed up; the session that has just begun is a row already.
            if (await db.KnownDevices.AnyAsync(d => d.UserId == userId, ct) || await db.Sessions.CountAsync(s => s.UserId == userId, ct) > 1)
                mail.Post(await Letter(fresh, device, person.TimeZone, ct));
            db.KnownDevices.Add(fresh);
        }

        await db.SaveChangesAsync(ct);
        return kept;
    }

    private async Task<SystemLetter> Letter(KnownDevice device, string words, string? ownZone, CancellationToken ct)
    {
        var (memberships, accounts) = (db.Memberships, db.Accounts);
        var name = ownZone ?? await memberships.Where(m => m.UserId == device.UserId).OrderBy(m => m.Since)
            .Join(accounts, m => m.AccountId, a => a.Id, (_, a) => a.TimeZone).FirstOrDefaultAsync(ct) ?? "Etc/UTC";
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
        return new SystemLetter(NewDevice, device.UserId, device.Id, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["device"] = words,
            ["when"] = $"{Say.Moment(device.Since, zone)} ({zone.Id.Replace('_', ' ')})",
        });
    }
}
