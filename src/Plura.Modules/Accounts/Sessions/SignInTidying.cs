using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, forgets what is kept about sign-ins for a time only: ended sessions, devices not used for a year, requests for links, invitations that are over, traces of networks, signals.</summary>
public sealed class SignInTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SignInTidying> logger) : HourlyWorker(clock, logger)
{
    /// <summary>Answers how many rows are gone.</summary>
    public async Task<int> Tidy(CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        var (sessions, devices, resets, changes, invitations) = (now - SessionTimes.Kept, now - KnownDevice.Kept, now - PasswordReset.Kept, now - EmailChange.Kept, now - Invitation.Kept);
        var (traces, signals) = (now - NetworkTrace.Kept, now - MisuseSignal.Kept);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var all = db.Sessions;
        // A session that nobody ended was over when nobody clicked any more, or by its time.
        return await db.Sessions.Where(s => s.EndedAt < sessions || s.EndsAt < sessions || (s.EndedAt == null && !s.Stays && s.SeenAt < sessions)).ExecuteDeleteAsync(ct)
            // Where somebody ended a sign-in nothing is pushed any more; its browser's address need not stay.
            + await db.PushSubscriptions.Where(p => all.Any(s => s.Id == p.SessionId && s.EndedAt != null && s.EndedBy != SessionEnds.Idle)).ExecuteDeleteAsync(ct)
            + await db.KnownDevices.Where(d => d.SeenAt < devices).ExecuteDeleteAsync(ct)
            + await db.PasswordResets.Where(r => r.AskedAt < resets).ExecuteDeleteAsync(ct)
            + await db.EmailChanges.Where(c => c.AskedAt < changes).ExecuteDeleteAsync(ct)
            // An account that waits for its owner keeps the address it was offered to; the rest are addresses of people who did not come.
            + await db.Invitations.Where(i => i.ExpiresAt < invitations && (i.TakenAt != null || i.WithdrawnAt != null || i.Role != Membership.Owner)).ExecuteDeleteAsync(ct)
            + await db.NetworkTraces.Where(t => t.At < traces).ExecuteDeleteAsync(ct)
            + await db.MisuseSignals.Where(s => s.At < signals).ExecuteDeleteAsync(ct);
    }

    protected override async Task<long> Round(CancellationToken ct) => await Tidy(ct);
}
