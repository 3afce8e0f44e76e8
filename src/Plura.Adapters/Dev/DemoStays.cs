using Plura.Accounts.Contracts;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>
/// The provider of an installation that shows the demo: what the demo's accounts send goes to the mailbox inside, so that a visitor
/// can try everything and write to nobody.
/// </summary>
internal sealed class DemoStays(ITransport real, ITransportSession mailbox, IDemoAccounts demo) : IEmailTransport, ITextTransport
{
    public string Name => real.Name;

    public int Connections => real.Connections;

    public bool CarriesFiles => real is ITextTransport { CarriesFiles: true };

    public bool BringsAnswers => real is not ITextTransport { BringsAnswers: false };

    public async Task<ITransportSession> Open(CancellationToken ct) => new Session(await real.Open(ct), mailbox, demo);

    private sealed class Session(ITransportSession real, ITransportSession mailbox, IDemoAccounts demo) : ITransportSession
    {
        public bool Usable => real.Usable;

        public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct) =>
            await demo.Has(message.TenantId, CancellationToken.None) ? await mailbox.Send(message, ct) : await real.Send(message, ct);

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
