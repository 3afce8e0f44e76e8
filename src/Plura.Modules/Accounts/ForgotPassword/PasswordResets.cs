using System.Security.Cryptography;
using System.Text;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Begins the way to a new password; it commits with the caller's change.</summary>
public sealed class PasswordResets(PluraDb db, KeyFiles keys)
{
    public void Ask(User user, DateTimeOffset now) => Ask(user.Id, AddressHash(user.NormalizedEmail!), now);

    public void Ask(Guid? user, byte[] addressHash, DateTimeOffset now)
    {
        var reset = PasswordReset.Ask(user, addressHash, now);
        db.PasswordResets.Add(reset);
        db.Enqueue(new SendPasswordReset(reset.Id));
    }

    /// <summary>Enough to count who asks how often, and nothing else.</summary>
    public byte[] AddressHash(string normalized) => HMACSHA256.HashData(keys.Derive("pepper", "password_reset"), Encoding.UTF8.GetBytes(normalized));
}
