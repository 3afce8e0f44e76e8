using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Once an hour, forgets what is kept about sign-ins for a time only: ended sessions, devices not used for a year, requests for links, invitations that are over, traces of networks, signals.</summary>
public sealed partial class SignInTidying(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SignInTidying> logger) : BackgroundService, IWorker
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Answers how many rows are gone.</summary>
    public async Task<int> Tidy(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (sessions, devices, resets, changes, invitations) = (now - SessionTimes.Kept, now - KnownDevice.Kept, now - PasswordReset.Kept, now - EmailChange.Kept, now - Invitation.Kept);
        var (traces, signals) = (now - NetworkTrace.Kept, now - MisuseSignal.Kept);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        // A session that nobody ended was over when nobody clicked any more, or by its time.
        return await db.Sessions.Where(s => s.EndedAt < sessions || s.EndsAt < sessions || (s.EndedAt == null && !s.Stays && s.SeenAt < sessions)).ExecuteDeleteAsync(ct)
            + await db.KnownDevices.Where(d => d.SeenAt < devices).ExecuteDeleteAsync(ct)
            + await db.PasswordResets.Where(r => r.AskedAt < resets).ExecuteDeleteAsync(ct)
            + await db.EmailChanges.Where(c => c.AskedAt < changes).ExecuteDeleteAsync(ct)
            // An account that waits for its owner keeps the address it was offered to; the rest are addresses of people who did not come.
            + await db.Invitations.Where(i => i.ExpiresAt < invitations && (i.TakenAt != null || i.WithdrawnAt != null || i.Role != Membership.Owner)).ExecuteDeleteAsync(ct)
            + await db.NetworkTraces.Where(t => t.At < traces).ExecuteDeleteAsync(ct)
            + await db.MisuseSignals.Where(s => s.At < signals).ExecuteDeleteAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var gone = await Tidy(stoppingToken);
                Tidied(logger, gone);
            }
            catch (Exception error) when (error is Npgsql.NpgsqlException)
            {
                NotTidied(logger, error);
            }

            await Task.Delay(Every, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} old rows about sign-ins are gone")]
    private static partial void Tidied(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old rows about sign-ins could not be removed; the next try is in an hour")]
    private static partial void NotTidied(ILogger logger, Exception error);
}
