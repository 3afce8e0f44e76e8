using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Plura.Messaging;

/// <summary>A key that signs letters. A key object serves one thread at a time, so there is a small pool of them.</summary>
/// <param name="open">Reads the private half; called when a letter is first signed.</param>
/// <param name="published">The public half in base64; null where there is no key that could be used.</param>
public sealed class DkimKey(Func<RSA> open, Func<string?> published)
{
    private readonly ConcurrentBag<RSA> idle = [];

    public string? Published => published();

    /// <summary>An RSA signature (PKCS#1, SHA-256).</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        if (!idle.TryTake(out var rsa))
            rsa = open();
        var signature = rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        idle.Add(rsa);
        return signature;
    }
}

/// <summary>Who signs a letter, and with what.</summary>
/// <param name="Domain">The domain that answers for it.</param>
/// <param name="Selector">Under which name below it the key stands in the DNS.</param>
public sealed record LetterSigner(string Domain, string Selector, DkimKey Key);
