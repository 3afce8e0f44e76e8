using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>The scope's account's domains that are proven, as signers.</summary>
public sealed class ProvenDomains(PluraDb db, DomainKeyRing ring)
{
    /// <summary>Of the proven domain in which a sender's domain stands, the nearest; null where none is.</summary>
    public async Task<LetterSigner?> Signer(string domain, CancellationToken ct)
    {
        var proven = await db.SendingDomains.AsNoTracking().Where(d => d.ProvenAt != null && d.DeletedAt == null)
            .Join(db.DomainKeys.Where(k => k.UsedAt != null && k.RetiredAt == null), d => d.Id, k => k.DomainId, (d, k) => new { d.Name, Key = k }).ToListAsync(ct);
        return proven.Where(p => DomainNames.IsIn(domain, p.Name)).MaxBy(p => p.Name.Length) is { } own ? new LetterSigner(own.Name, own.Key.Selector, ring.Open(own.Key)) : null;
    }
}
