using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Messaging;

/// <summary>
/// The key with which letters are signed, for the installation's own domain and for those of agencies that publish it: <c>Email__Dkim__Domain</c>, <c>Selector</c> and <c>KeyFile</c> (a PEM file; by default
/// <c>PLURA_DATA/keys/dkim-{selector}.pem</c>, which <c>bin/plura dkim create</c> makes). Other letters go unsigned where no domain is set.
/// </summary>
public sealed class DkimKeys(IConfiguration configuration, DataFolder folder) : IMailKey
{
    private readonly ConcurrentBag<RSA> idle = [];
    private readonly string path = File(configuration, folder, configuration["Email:Dkim:Selector"] ?? DefaultSelector);
    private readonly Lazy<string> pem = new(() => Load(File(configuration, folder, configuration["Email:Dkim:Selector"] ?? DefaultSelector)), LazyThreadSafetyMode.PublicationOnly);

    public const string DefaultSelector = "plura";

    /// <summary>In bits: below it receivers do not take a signature for one.</summary>
    private const int Shortest = 2048;

    public string? Domain { get; } = configuration["Email:Dkim:Domain"] is { Length: > 0 } domain ? domain.ToLowerInvariant() : null;

    public string Selector { get; } = configuration["Email:Dkim:Selector"] is { Length: > 0 } selector ? selector : DefaultSelector;

    public static string File(IConfiguration configuration, DataFolder folder, string selector) =>
        configuration["Email:Dkim:KeyFile"] is { Length: > 0 } file ? file : Path.Combine(folder.Keys, $"dkim-{selector}.pem");

    /// <summary>An RSA signature (PKCS#1, SHA-256). A key object serves one thread at a time, so there is a small pool of them.</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        if (!idle.TryTake(out var rsa))
        {
            rsa = RSA.Create();
            rsa.ImportFromPem(pem.Value);
        }

        var signature = rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        idle.Add(rsa);
        return signature;
    }

    public PublishedMailKey? Published()
    {
        if (!System.IO.File.Exists(path))
            return null;
        using var rsa = RSA.Create();
        // The one that signs, also where the file was replaced since it was read.
        rsa.ImportFromPem(pem.IsValueCreated ? pem.Value : System.IO.File.ReadAllText(path));
        return rsa.KeySize < Shortest ? null : new PublishedMailKey(Selector, Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>What the domain's owner puts into the DNS, under <c>{selector}._domainkey.{domain}</c>.</summary>
    public static string Record(string privateKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(privateKey);
        return "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }

    private static string Load(string path)
    {
        if (!System.IO.File.Exists(path))
            throw new PlainException($"Letters shall be signed, but there is no key at {path}. Make one with: bin/plura dkim create");
        var text = System.IO.File.ReadAllText(path);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(text);
        return rsa.KeySize >= Shortest ? text : throw new PlainException($"The DKIM key at {path} is too short: it needs 2,048 bits.");
    }
}
