using Plura.Accounts;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>Notes for the operator's desk whether the mail server could be reached.</summary>
internal sealed class WatchedTransport(IEmailTransport inner, ProviderPulses pulses) : IEmailTransport
{
    public string Name => inner.Name;

    public int Connections => inner.Connections;

    public async Task<ITransportSession> Open(CancellationToken ct)
    {
        try
        {
            var session = await inner.Open(ct);
            pulses.Worked(AdaptersModule.Email);
            return session;
        }
        catch (TransportDownException)
        {
            // What the server said may name users; the log has it.
            pulses.Failed(AdaptersModule.Email, "no connection could be opened; the log says why");
            throw;
        }
    }
}
