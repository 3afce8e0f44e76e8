using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The OAuth server's keys, and the one by which push services know this installation: made once by whichever node comes first, kept in the database, sealed under the root key of the keys folder.
/// Apps hold references and never see what is signed; the keys protect the rows behind the references.
/// </summary>
public sealed class OAuthKeys(NpgsqlDataSource database, KeyFiles files, TimeProvider clock)
{
    /// <summary>An elliptic-curve key (P-256) for signatures.</summary>
    public ECDsa Signing() => Curve("signing");

    /// <summary>The same for push services (VAPID, RFC 8292): every browser's subscription is bound to it, so it stays for good.</summary>
    public ECDsa Push() => Curve("push");

    private ECDsa Curve(string kind)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Get(kind, () =>
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return made.ExportPkcs8PrivateKey();
        }), out _);
        return key;
    }

    /// <summary>256 bits.</summary>
    public byte[] Encryption() => Get("encryption", () => RandomNumberGenerator.GetBytes(32));

    // Read while the server's options are made, which nobody can wait for asynchronously.
    private byte[] Get(string kind, Func<byte[]> make)
    {
        using var connection = database.OpenConnection();
        while (true)
        {
            using (var read = new NpgsqlCommand("select sealed_key from accounts.oauth_key where kind = $1", connection))
            {
                read.Parameters.Add(new NpgsqlParameter { Value = kind });
                if (read.ExecuteScalar() is byte[] found)
                    return Open(kind, found);
            }

            using var insert = new NpgsqlCommand("insert into accounts.oauth_key (kind, sealed_key, created_at) values ($1, $2, $3) on conflict do nothing", connection);
            insert.Parameters.Add(new NpgsqlParameter { Value = kind });
            insert.Parameters.Add(new NpgsqlParameter { Value = Seal(kind, make()) });
            insert.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>The key's kind is bound in, so that rows cannot be exchanged.</summary>
    private byte[] Seal(string kind, byte[] key) => SealedBytes.Seal(Under(), key, Encoding.UTF8.GetBytes(kind));

    private byte[] Open(string kind, byte[] text) => SealedBytes.Open(Under(), text, Encoding.UTF8.GetBytes(kind));

    private byte[] Under() => files.Derive("root", "oauth-keys");
}
