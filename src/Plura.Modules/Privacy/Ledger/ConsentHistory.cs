using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Privacy;

/// <summary>What the ledger says about some addresses: every act, and what holds now.</summary>
public sealed class ConsentHistory(PluraDb db, Tenant tenant, IServiceProvider services)
{
    public async Task<Page<ConsentRow>> Read(IReadOnlyList<Guid> addressKeys, DateTimeOffset? until, string? cursor, int limit, CancellationToken ct)
    {
        if (addressKeys.Count == 0)
            return new Page<ConsentRow>([], null);
        var keys = addressKeys.ToArray();
        var before = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
        var rows = await db.Database.SqlQuery<Line>($"""
            select e.seq, e.channel, e.topic, e.act, e.how, e.occurred_at as at, e.recorded_at, e.source, e.actor, e.send_id, w.text as wording,
                   privacy.proof_level(e.act, e.how, e.wording_hash is not null, e.source is not null) as proof
            from privacy.consent_event e
            left join privacy.consent_wording w on w.tenant_id = e.tenant_id and w.hash = e.wording_hash
            where e.tenant_id = {tenant.Id} and e.seq < {before} and ({until}::timestamptz is null or e.recorded_at <= {until})
              and (e.address_key = any ({keys})
                   or e.seq in (select m.seq from privacy.consent_member m where m.tenant_id = {tenant.Id} and m.address_key = any ({keys}))
                   or e.retracts in (
                        select a.id from privacy.consent_member m
                        join privacy.consent_event a on a.tenant_id = m.tenant_id and a.seq = m.seq
                        where m.tenant_id = {tenant.Id} and m.address_key = any ({keys})))
            order by e.seq desc
            limit {limit + 1}
            """).ToListAsync(ct);
        var items = new List<ConsentRow>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows.Take(limit))
        {
            if (!names.TryGetValue(row.Actor, out var name))
                names[row.Actor] = name = await Name(row.Actor, ct);
            items.Add(new ConsentRow(row.Seq, row.Channel, row.Topic, row.Act, row.How, row.At, row.RecordedAt, row.Proof, row.Source, row.Wording, name, row.SendId));
        }

        return new Page<ConsentRow>(items, rows.Count > limit ? rows[limit - 1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>One line per address, channel and topic that anything was said about; a suppressed address appears even when nothing was.</summary>
    public async Task<IReadOnlyList<ConsentNow>> Now(IReadOnlyList<Guid> addressKeys, CancellationToken ct)
    {
        var keys = addressKeys.ToArray();
        return await db.Database.SqlQuery<ConsentNow>($"""
            select s.address_key, s.channel, s.topic, s.act, s.how, s.occurred_at as at, s.proof, s.own, e.source, p.reason as suppressed
            from privacy.consent_state s
            join privacy.consent_event e on e.tenant_id = s.tenant_id and e.seq = s.seq
            left join privacy.suppression p on p.tenant_id = s.tenant_id and p.address_key = s.address_key and p.channel = s.channel
            where s.tenant_id = {tenant.Id} and s.address_key = any ({keys})
            union all
            select p.address_key, p.channel, 'all', 'suppressed', 'system', p.at, 'none', false, null, p.reason
            from privacy.suppression p
            where p.tenant_id = {tenant.Id} and p.address_key = any ({keys})
              and not exists (select from privacy.consent_state s where s.tenant_id = p.tenant_id and s.address_key = p.address_key and s.channel = p.channel)
            order by 1, 2, 3
            """).ToListAsync(ct);
    }

    /// <summary>The ledger keeps ids; a name is looked up for the reader while the person is known.</summary>
    private async Task<string> Name(string actor, CancellationToken ct)
    {
        if (actor.StartsWith("user:", StringComparison.Ordinal) && Guid.TryParse(actor.AsSpan(5), out var id))
        {
            var directory = services.GetService(typeof(IAccountDirectory)) as IAccountDirectory;
            return directory is not null && await directory.User(id, ct) is { } user ? user.Name : "a person of this account";
        }

        return actor switch
        {
            _ when actor.StartsWith("token:", StringComparison.Ordinal) => "an API token",
            _ when actor.StartsWith("system:", StringComparison.Ordinal) => (services.GetService(typeof(Brand)) as Brand)?.Name ?? Brand.Own,
            _ => "the person",
        };
    }

    private sealed record Line(long Seq, string Channel, string Topic, string Act, string How, DateTimeOffset At, DateTimeOffset RecordedAt, string? Source, string Actor, Guid? SendId, string? Wording, string Proof);
}
