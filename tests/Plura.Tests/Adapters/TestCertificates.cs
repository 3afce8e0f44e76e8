using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plura.Tests.Adapters;

/// <summary>An authority of the test's own, and what it vouches for.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly DateTimeOffset Until = DateTimeOffset.UnixEpoch.AddYears(120);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        authority = request.CreateSelfSigned(From, Until);
        File = Path.Combine(TestFolders.New(), "authority.pem");
        System.IO.File.WriteAllText(File, authority.ExportCertificatePem());
    }

    /// <summary>The authority as a PEM file.</summary>
    public string File { get; }

    /// <summary>A server's certificate for this name, or for 127.0.0.1.</summary>
    public X509Certificate2 For(string name)
    {
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, mine, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, From, Until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(mine);
    }

    public void Dispose()
    {
        authority.Dispose();
        key.Dispose();
        TestFolders.Remove(Path.GetDirectoryName(File)!);
    }
}
