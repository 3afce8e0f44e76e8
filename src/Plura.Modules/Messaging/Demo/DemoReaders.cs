using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

internal sealed class DemoReaders(Tenant tenant, PublicLinks links, TrackVisitHandler visits, UnsubscribeHandler unsubscribe) : IDemoReaders
{
    public Task Open(Guid sendId, string userAgent, CancellationToken ct) => visits.Handle(Token(LinkKind.Open, sendId), LinkKind.Open, "GET", userAgent, null, ct);

    public Task Click(Guid sendId, string userAgent, CancellationToken ct) => visits.Handle(Token(LinkKind.Click, sendId), LinkKind.Click, "GET", userAgent, null, ct);

    public Task Unsubscribe(Guid sendId, CancellationToken ct) => unsubscribe.Handle(new Unsubscribe { Token = Token(LinkKind.Unsubscribe, sendId), UserAgent = "Mozilla/5.0 (Macintosh) Safari/605.1.15" }, ct);

    private string Token(LinkKind kind, Guid sendId) => links.Token(kind, tenant.Id, sendId);
}
