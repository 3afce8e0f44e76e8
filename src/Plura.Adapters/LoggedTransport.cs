using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>Writes down what the provider took, as soon as it said so.</summary>
internal sealed class LoggedTransport(ITransport inner, TransportFile log) : IEmailTransport, ITextTransport
{
    public string Name => inner.Name;

    public int Connections => inner.Connections;

    public bool CarriesFiles => inner is ITextTransport { CarriesFiles: true };

    public bool BringsAnswers => inner is not ITextTransport { BringsAnswers: false };

    public async Task<ITransportSession> Open(CancellationToken ct) => new Session(await inner.Open(ct), log);

    private sealed class Session(ITransportSession inner, TransportFile log) : ITransportSession
    {
        public bool Usable => inner.Usable;

        public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
        {
            var end = await inner.Send(message, ct);
            if (end.Outcome == HandOffOutcome.Accepted)
                log.Took(message);
            return end;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
