using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>Hands letters to the SMTP server of the settings.</summary>
public sealed class SmtpTransport(IOptions<SmtpOptions> options, TimeProvider clock) : IEmailTransport
{
    private X509Certificate2Collection? authorities;

    public string Name => "smtp";

    public int Connections => options.Value.Connections;

    public async Task<ITransportSession> Open(CancellationToken ct) => await SmtpSession.Open(options.Value, Authorities(), clock, ct);

    private X509Certificate2Collection? Authorities()
    {
        if (options.Value.CaFile is not { Length: > 0 } file)
            return null;
        if (authorities is { } known)
            return known;
        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TransportDownException($"The file of Email__Smtp__CaFile cannot be read, so the mail server cannot be checked: {error.Message}", error);
        }

        return authorities = read.Count > 0 ? read : throw new TransportDownException("The file of Email__Smtp__CaFile holds no certificate. It begins with -----BEGIN CERTIFICATE-----.");
    }
}
