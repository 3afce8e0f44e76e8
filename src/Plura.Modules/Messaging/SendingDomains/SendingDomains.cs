using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A domain from which the account writes.</summary>
/// <param name="State"><c>waiting</c>: never found in the DNS; <c>proven</c>: letters from it are signed with it; <c>lost</c>: found once, and gone.</param>
/// <param name="CheckedAt">When the name system last answered.</param>
/// <param name="InUse">The record of the key that signs; null before the first was found.</param>
/// <param name="ToAdd">The record that is to be put into the DNS; null where none waits.</param>
/// <param name="ToRemove">Records of keys that sign no more, and from when on nobody needs them.</param>
/// <param name="UsedAt">Since when the key signs.</param>
/// <param name="Findings">What servers made of letters from it when it was last looked at.</param>
public sealed record SendingDomainView(
    Guid Id, string Name, string State, DateTimeOffset AddedAt, DateTimeOffset? ProvenAt, DateTimeOffset? LostAt, DateTimeOffset? CheckedAt,
    DnsRecord? InUse, DnsRecord? ToAdd, IReadOnlyList<SpentRecord> ToRemove, DateTimeOffset? UsedAt, IReadOnlyList<LetterFinding> Findings);

/// <param name="Name">Where it stands.</param>
/// <param name="From">From when on it can go: letters on their way are checked for some days.</param>
public sealed record SpentRecord(string Name, DateTimeOffset From);

/// <summary>Reads the account's sending domains.</summary>
public sealed class SendingDomains(PluraDb db, TimeProvider clock)
{
    /// <summary>The index by which no domain stands twice.</summary>
    public const string Names = "sending_domain_name";

    public const string Waiting = "waiting";

    public const string Proven = "proven";

    public const string Lost = "lost";

    /// <summary>So long a letter may be on its way, and its signature be checked.</summary>
    public static readonly TimeSpan OnTheWay = TimeSpan.FromDays(7);

    /// <summary>So long a record that can go is spoken of.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(60);

    public static Refusal Missing => Refusal.NotFound("sending_domain.missing", "This domain is not in your list any more.");

    public async Task<IReadOnlyList<SendingDomainView>> All(CancellationToken ct)
    {
        var domains = await db.SendingDomains.AsNoTracking().Where(d => d.DeletedAt == null).OrderBy(d => d.Name).ToListAsync(ct);
        var keys = await Keys(domains, ct);
        return domains.ConvertAll(d => View(d, keys[d.Id]));
    }

    public async Task<SendingDomainView?> One(Guid id, CancellationToken ct)
    {
        var domains = await db.SendingDomains.AsNoTracking().Where(d => d.Id == id && d.DeletedAt == null).ToListAsync(ct);
        return domains is [var domain] ? View(domain, (await Keys(domains, ct))[id]) : null;
    }

    private async Task<ILookup<Guid, DomainKey>> Keys(List<SendingDomain> domains, CancellationToken ct)
    {
        var ids = domains.ConvertAll(d => d.Id);
        return (await db.DomainKeys.AsNoTracking().Where(k => ids.Contains(k.DomainId)).OrderBy(k => k.MadeAt).ToListAsync(ct)).ToLookup(k => k.DomainId);
    }

    private SendingDomainView View(SendingDomain d, IEnumerable<DomainKey> keys)
    {
        var all = keys.ToList();
        var used = all.Find(k => k is { UsedAt: not null, RetiredAt: null });
        var waiting = all.Find(k => k is { UsedAt: null, RetiredAt: null });
        return new(d.Id, d.Name, d.ProvenAt is not null ? Proven : d.LostAt is not null ? Lost : Waiting, d.AddedAt, d.ProvenAt, d.LostAt, d.CheckedAt,
            Record(used), Record(waiting), [.. all.Where(k => k.RetiredAt > clock.GetUtcNow() - Shown).Select(k => new SpentRecord(DkimRecord.Name(k.Selector, d.Name), k.RetiredAt!.Value + OnTheWay))],
            used?.UsedAt, JsonSerializer.Deserialize<List<LetterFinding>>(d.Findings, JsonSerializerOptions.Web)!);

        DnsRecord? Record(DomainKey? key) => key is null ? null : new DnsRecord(DkimRecord.Name(key.Selector, d.Name), DkimRecord.Text(key.PublicKey));
    }
}
