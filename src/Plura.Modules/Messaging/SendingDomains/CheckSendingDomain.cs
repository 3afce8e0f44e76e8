using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Looks at a domain's records now.</summary>
public sealed record CheckSendingDomain(Guid Id);

public sealed class CheckSendingDomainHandler(DomainLook look, IAudit audit)
{
    public async Task<Result<DomainLooked>> Handle(CheckSendingDomain command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await look.Look(command.Id, (domain, looked) => audit.Note("messaging.check_sending_domain", domain.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["found"] = looked.Proven ? "yes" : "no" }), ct);
    }
}
