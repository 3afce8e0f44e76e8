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
public sealed class DkimKeys : IMailKey
{
    private readonly string path;
    private readonly Lazy<string> pem;
    private readonly DkimKey key;

    public DkimKeys(IConfiguration configuration, DataFolder folder)
    {
        Domain = configuration["Email:Dkim:Domain"] is { Length: > 0 } domain ? domain.ToLowerInvariant() : null;
        Selector = configuration["Email:Dkim:Selector"] is { Length: > 0 } selector ? selector : DefaultSelector;
        path = File(configuration, folder, Selector);
        pem = new(() => Load(path), LazyThreadSafetyMode.PublicationOnly);
        key = new DkimKey(Open, () => Published()?.PublicKey);
    }

    public const string DefaultSelector = "plura";

    /// <summary>In bits: below it receivers do not take a signature for one.</summary>
    private const int Shortest = 2048;

    public string? Domain { get; }

    public string Selector { get; }

    /// <summary>Signs what no other domain does; null leaves it unsigned.</summary>
    public LetterSigner? Own => Domain is null ? null : For(Domain);

    /// <summary>Signs for a domain that publishes this key.</summary>
    public LetterSigner For(string domain) => new(domain, Selector, key);

    public static string File(IConfiguration configuration, DataFolder folder, string selector) =>
        configuration["Email:Dkim:KeyFile"] is { Length: > 0 } file ? file : Path.Combine(folder.Keys, $"dkim-{selector}.pem");

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
        return DkimRecord.Text(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()));
    }

    private RSA Open()
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem.Value);
        return rsa;
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
