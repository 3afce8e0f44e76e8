using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>The key with which a host signs its mail, and another implementation that reads its signatures.</summary>
internal sealed class MailKeys : DkimPublicKeyLocatorBase
{
    private readonly byte[] publicKey;

    private MailKeys(byte[] publicKey) => this.publicKey = publicKey;

    /// <summary>The domains whose key was asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>As <c>bin/plura dkim create</c> makes it.</summary>
    public static MailKeys Make(PluraApp host)
    {
        using var rsa = RSA.Create(2048);
        var folder = host.Services.GetRequiredService<DataFolder>();
        folder.WriteSecret(Path.Combine(folder.Keys, "dkim-plura.pem"), rsa.ExportPkcs8PrivateKeyPem());
        return new MailKeys(rsa.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The domain by which the letter is signed, verified; null where it is not signed.</summary>
    public string? Signer(MimeMessage mail)
    {
        if (mail.Headers.FirstOrDefault(h => h.Id == HeaderId.DkimSignature) is not { } header)
            return null;
        Assert.True(new DkimVerifier(this).Verify(mail, header));
        return Asked[^1];
    }

    public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
    {
        Assert.Equal("plura", selector);
        Asked.Add(domain);
        return PublicKeyFactory.CreateKey(publicKey);
    }

    public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
        Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
}
