using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Makes a domain's next key. The one in use signs until the DNS shows the new one.</summary>
public sealed record RenewDomainKey(Guid Id);

public sealed class RenewDomainKeyHandler(PluraDb db, DomainKeyRing ring, IAudit audit)
{
    public async Task<Result> Handle(RenewDomainKey command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (!await db.SendingDomains.AnyAsync(d => d.Id == command.Id && d.DeletedAt == null, ct))
            return SendingDomains.Missing;
        // Pressing twice is no mistake: the key that waits is the next one.
        if (!await Make(command.Id, ct))
            return Result.Done;
        audit.Note("messaging.renew_domain_key", command.Id);
        await db.SaveUnless("domain_key_waiting", SendingDomains.Missing, ct);
        return Result.Done;
    }

    /// <summary>False where one waits already. The caller saves.</summary>
    internal async Task<bool> Make(Guid domain, CancellationToken ct)
    {
        if (await db.DomainKeys.AnyAsync(k => k.DomainId == domain && k.UsedAt == null && k.RetiredAt == null, ct))
            return false;
        db.DomainKeys.Add(ring.Make(db.Tenant.Id, domain));
        return true;
    }
}
