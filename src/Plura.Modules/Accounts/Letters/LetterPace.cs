using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// How many letters strangers can make us write to one address: as many as of those with a link for a new password. Whoever typed the address in
/// need not be its owner, and nobody's mailbox is to be filled from here.
/// </summary>
public sealed class LetterPace(PluraDb db, NetworkKeys keys, TimeProvider clock)
{
    /// <summary>Counts one letter to the address, known or not; false once there were enough within the hour. It commits with the caller's change.</summary>
    public async Task<bool> Take(string email, CancellationToken ct)
    {
        var (now, hourAgo, subject) = (clock.GetUtcNow(), clock.GetUtcNow().AddHours(-1), keys.Subject(email));
        // Without a network, which says nothing here: the index begins with the kind and it.
        if (await db.NetworkTraces.CountAsync(t => t.Kind == NetworkTrace.Letter && t.Network == null && t.At > hourAgo && t.Subject == subject, ct) >= ForgotPasswordHandler.MostPerHour)
            return false;
        db.NetworkTraces.Add(NetworkTrace.Of(NetworkTrace.Letter, network: null, subject, domain: null, account: null, now));
        return true;
    }
}
