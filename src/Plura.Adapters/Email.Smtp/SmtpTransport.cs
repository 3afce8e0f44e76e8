using Microsoft.Extensions.Options;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>Hands letters to the SMTP server of the settings.</summary>
public sealed class SmtpTransport(IOptions<SmtpOptions> options, TimeProvider clock) : IEmailTransport
{
    public string Name => "smtp";

    public int Connections => options.Value.Connections;

    public async Task<ITransportSession> Open(CancellationToken ct) => await SmtpSession.Open(options.Value, clock, ct);
}
