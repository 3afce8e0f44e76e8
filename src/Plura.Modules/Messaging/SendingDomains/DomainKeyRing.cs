using System.Collections.Concurrent;
using System.Security.Cryptography;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Makes the keys of sending domains and opens them. A private key is in memory and, sealed, in its row; nowhere else.</summary>
public sealed class DomainKeyRing(KeyFiles keys, TimeProvider clock)
{
    /// <summary>In bits: what receivers ask for.</summary>
    private const int Size = 2048;

    /// <summary>How many are kept open: then they are opened anew.</summary>
    private const int Most = 1000;

    private readonly ConcurrentDictionary<Guid, DkimKey> open = [];

    public DomainKey Make(Guid tenant, Guid domain)
    {
        using var rsa = RSA.Create(Size);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var pkcs8 = rsa.ExportPkcs8PrivateKey();
        var text = SealedBytes.Seal(Under(tenant), pkcs8, id.ToByteArray(bigEndian: true));
        CryptographicOperations.ZeroMemory(pkcs8);
        // The last digits are random: two accounts that prove the same domain stand side by side in its DNS.
        return DomainKey.New(id, domain, "plura-" + id.ToString("N")[^8..], Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()), text, now);
    }

    /// <summary>The same object for the same key, so that its pool is shared by all letters.</summary>
    public DkimKey Open(DomainKey key)
    {
        if (open.Count > Most)
            open.Clear();
        return open.GetOrAdd(key.Id, static (_, it) => new DkimKey(() => it.Ring.Read(it.Key), () => it.Key.PublicKey), (Ring: this, Key: key));
    }

    private RSA Read(DomainKey key)
    {
        var pkcs8 = SealedBytes.Open(Under(key.TenantId), key.Sealed, key.Id.ToByteArray(bigEndian: true));
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return rsa;
    }

    private byte[] Under(Guid tenant) => keys.Derive("root", "sending domain", tenant);
}
