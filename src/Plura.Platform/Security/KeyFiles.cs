using System.Security.Cryptography;
using System.Text;

namespace Plura.Platform;

/// <summary>
/// Root, pepper, link and signing keys: 32 random bytes each in <c>PLURA_DATA/keys</c> (0600), never in the database.
/// All are made at the first start. A key that the database knows and the folder lacks stops the start: see <see cref="Database"/>.
/// </summary>
public sealed class KeyFiles(DataFolder folder)
{
    /// <summary>root wraps account keys; pepper keys address hashes; link signs public links; signing signs ledger heads; cookie protects sessions.</summary>
    public static readonly string[] Names = ["root", "pepper", "link", "signing", "cookie"];

    private static readonly Lock Making = new();

    public byte[] Get(string name)
    {
        var path = Path.Combine(folder.Keys, name + ".key");
        lock (Making)
        {
            if (File.Exists(path))
                return Convert.FromBase64String(File.ReadAllText(path));
            var key = RandomNumberGenerator.GetBytes(32);
            folder.WriteSecret(path, Convert.ToBase64String(key));
            return key;
        }
    }

    public bool Exists(string name) => File.Exists(Path.Combine(folder.Keys, name + ".key"));

    /// <summary>A key for one purpose and one tenant, derived (HKDF-SHA256) from a named one, so that none is used for two things.</summary>
    public byte[] Derive(string name, string purpose, Guid? tenant = null, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Get(name), length, salt: tenant?.ToByteArray(bigEndian: true), info: Encoding.UTF8.GetBytes(purpose));
}
