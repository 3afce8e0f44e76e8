using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Tells open contact lists that something changed, when the transaction commits.</summary>
public sealed class LiveContacts(ILive live)
{
    public Task Changed(CancellationToken ct) => live.Changed(NewContacts.Topic, ct);
}
