using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Counts from how many people a network does not know the password. Whoever has a list of stolen ones tries each person once or twice,
/// which <see cref="Tries"/> cannot see; the network shows it. Nobody is kept out by it: a person reads it, and the accounts of an owner who
/// comes in from there are looked at.
/// </summary>
public sealed class WatchSignIns(PluraDb db, NetworkKeys keys, AuditTrail trail, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>A password was wrong, or nobody has the address: the same work. The caller saves.</summary>
    public async Task Failed(string email, CancellationToken ct)
    {
        var (now, subject, network) = (clock.GetUtcNow(), keys.Subject(email), keys.Network(trail.Network));
        db.NetworkTraces.Add(NetworkTrace.Of(NetworkTrace.FailedSignIn, network, subject, null, null, now));
        if (network is null)
            return;
        var since = now - Window;
        var others = await db.NetworkTraces.Where(t => t.Kind == NetworkTrace.FailedSignIn && t.Network == network && t.At > since && t.Subject != subject).Select(t => t.Subject).Distinct().CountAsync(ct);
        if (others + 1 < SignalBook.PeopleTried || await Attacked(network, since, ct))
            return;
        var facts = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["people"] = (others + 1).ToString(CultureInfo.InvariantCulture), ["minutes"] = "60" });
        db.MisuseSignals.Add(MisuseSignal.Of(null, network, SignalCodes.Stuffing, 0, facts, now));
    }

    /// <summary>Somebody is inside. The caller saves.</summary>
    public async Task Entered(Guid user, CancellationToken ct)
    {
        if (keys.Network(trail.Network) is { } network && await Attacked(network, clock.GetUtcNow() - Window, ct))
            db.Enqueue(new WeighSignIn(user));
    }

    private Task<bool> Attacked(string network, DateTimeOffset since, CancellationToken ct) =>
        db.MisuseSignals.AnyAsync(s => s.AccountId == null && s.Network == network && s.Code == SignalCodes.Stuffing && s.At > since, ct);
}

/// <summary>Somebody came in from a network that had just tried the passwords of many.</summary>
public sealed record WeighSignIn(Guid UserId) : IJob;

[Work("Look at a sign-in for signs of misuse")]
public sealed class WeighSignInHandler(PluraDb db, IMisuse misuse) : IJobHandler<WeighSignIn>
{
    public async Task Run(WeighSignIn job, CancellationToken ct)
    {
        foreach (var account in await db.Memberships.Where(m => m.UserId == job.UserId && m.Role == Membership.Owner).Select(m => m.AccountId).ToListAsync(ct))
            await misuse.Raise(account, SignalCodes.SignInAfterStuffing, new Dictionary<string, string>(StringComparer.Ordinal), ct);
    }
}
