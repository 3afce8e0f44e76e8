using System.Net;
using Plura.Accounts;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>A carrier of texts that gets each message as one HTTP request, and whose answers show the operator's desk how it is.</summary>
public abstract class OneShotTransport(IHttpClientFactory clients, ProviderPulses pulses, TimeProvider clock) : ITextTransport, ITransportSession
{
    public abstract string Name { get; }

    public abstract int Connections { get; }

    public bool Usable => true;

    public virtual bool CarriesFiles => false;

    public virtual bool BringsAnswers => true;

    /// <summary>How long an answer is waited for.</summary>
    protected abstract TimeSpan Patience { get; }

    public Task<ITransportSession> Open(CancellationToken ct) => Task.FromResult<ITransportSession>(this);

    public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
    {
        // The carrier was exchanged after it was written: half a message is none.
        if (message.Message.Files.Count > 0 && !CarriesFiles)
            return new HandOff(HandOffOutcome.Refused, null, null, "Whoever carries your texts takes no files along.");
        using var request = Request(message);
        var (status, body, lost) = await OneShotHttp.Send(clients, GetType().Name, request, Patience, clock, ct);
        var end = lost ?? Read(status, body);
        if (end.Outcome is HandOffOutcome.NotBegun or HandOffOutcome.Unknown)
            pulses.Failed(TextAdapters.Texts, end.Reply);
        else
            pulses.Worked(TextAdapters.Texts);
        return end;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract HttpRequestMessage Request(AuthorizedMessage message);

    /// <summary>What the service's answer means.</summary>
    protected abstract HandOff Read(HttpStatusCode status, string body);
}
