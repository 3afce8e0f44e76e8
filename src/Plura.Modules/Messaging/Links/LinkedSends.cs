using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Finds the send behind a public link and enters its account. The token is the only authority there is, and all that is needed.</summary>
public sealed class LinkedSends(PluraDb db, Tenant tenant, PublicLinks links, IAccountDirectory accounts, IContactDirectory contacts)
{
    /// <summary>Null where the link was not made here, or what it was made for is gone.</summary>
    public async Task<LinkedSend?> Find(string? token, LinkKind kind, CancellationToken ct)
    {
        if (links.Read(token, kind) is not { } link || (tenant.Current is { } current && current != link.TenantId))
            return null;
        tenant.Enter(link.TenantId);
        if (await accounts.Account(link.TenantId, ct) is not { } account)
            return null;
        return await db.Sends.Where(s => s.Id == link.SendId)
            .Join(db.Contents, s => s.ContentId, c => c.Id, (s, c) => new LinkedSend(
                link, account, s.ContactId, s.ContactPointId, s.AddressKey, c.Topic, s.Origin, s.UnsubscribedAt))
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>The address as its owner recognises it and a stranger does not: <c>a…n@example.com</c>.</summary>
    public async Task<string> MaskedAddress(LinkedSend send, CancellationToken ct)
    {
        var point = (await contacts.Addresses(send.ContactId, ct)).FirstOrDefault(a => a.ContactPointId == send.ContactPointId);
        if (point is null || point.Value.LastIndexOf('@') is not (> 0 and var at))
            return "your address";
        var (local, domain) = (point.Value[..at], point.Value[at..]);
        return (local.Length < 3 ? local[..1] + "…" : $"{local[0]}…{local[^1]}") + domain;
    }
}

public sealed record LinkedSend(LinkToken Link, AccountCard Account, Guid ContactId, Guid ContactPointId, Guid AddressKey, string Topic, string Origin, DateTimeOffset? UnsubscribedAt);
