using Npgsql;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Privacy;

/// <summary>What a verification found, as <c>bin/plura ledger verify</c> prints it.</summary>
public sealed record LedgerReport(bool Ok, int Tenants, long Events, IReadOnlyList<LedgerProblem> Problems) : IVerdict;

/// <param name="Kind"><c>gap</c>, <c>link</c>, <c>hash</c>, <c>wording</c>, <c>members</c>, <c>projection</c>, <c>anchor_missing</c>, <c>anchor_changed</c>, <c>anchor_forged</c>.</param>
public sealed record LedgerProblem(string Kind, Guid? Tenant, long? Seq, string Text);

/// <summary>Reads the whole ledger as its owner and checks everything that can be checked: chain, words, members, projection, anchor.</summary>
public sealed class LedgerVerification(DatabaseAddress address, AnchorWatch watch, AnchorLog log)
{
    private const string Wordings = """
        select e.tenant_id, e.seq from privacy.consent_event e
        left join privacy.consent_wording w on w.tenant_id = e.tenant_id and w.hash = e.wording_hash
        where e.wording_hash is not null and (w.hash is null or sha256(convert_to(w.text, 'UTF8')) <> w.hash)
        """;

    private const string Members = """
        select coalesce(e.tenant_id, m.tenant_id), coalesce(e.seq, m.seq)
        from (select * from privacy.consent_event where member_count is not null) e
        full join (
            select tenant_id, seq, count(*) as members, sha256(string_agg(uuid_send(address_key), ''::bytea order by address_key)) as digest
            from privacy.consent_member group by tenant_id, seq) m on m.tenant_id = e.tenant_id and m.seq = e.seq
        where e.member_count is distinct from m.members or e.member_digest is distinct from m.digest
        """;

    private const string Projection = """
        select d.tenant_id, count(*)
        from (select distinct tenant_id from privacy.consent_event union select distinct tenant_id from privacy.consent_state) d
        cross join lateral (
            (select address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq from privacy.consent_state s where s.tenant_id = d.tenant_id
             except all select * from privacy.consent_fold(d.tenant_id, null))
            union all
            (select * from privacy.consent_fold(d.tenant_id, null)
             except all select address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq from privacy.consent_state s where s.tenant_id = d.tenant_id)) x
        group by d.tenant_id
        """;

    public async Task<LedgerReport> Run(CancellationToken ct)
    {
        var problems = new List<LedgerProblem>();
        await using var owner = new NpgsqlConnection(address.Owner);
        await owner.OpenAsync(ct);
        var (tenants, events) = await Chains(owner, problems, ct);
        await Each(owner, Wordings, r => problems.Add(new("wording", r.GetGuid(0), r.GetInt64(1), "The words of a permission are missing or were changed.")), ct);
        await Each(owner, Members, r => problems.Add(new("members", r.GetGuid(0), r.GetInt64(1), "The people of an import are not those that were recorded.")), ct);
        await Each(owner, Projection, r => problems.Add(new("projection", r.GetGuid(0), null, $"What holds now differs from the ledger in {r.GetInt64(1)} lines.")), ct);
        if (log.Last() is { } anchor)
        {
            if (!log.Genuine(anchor))
                problems.Add(new("anchor_forged", null, null, "The last seal was not made with this installation's key, or was changed."));
            foreach (var miss in await watch.Misses(anchor, ct))
            {
                problems.Add(miss.Changed
                    ? new("anchor_changed", miss.Tenant, miss.Seq, "The ledger was written anew: another event stands where one was sealed.")
                    : new("anchor_missing", miss.Tenant, miss.Seq, "The ledger's end was cut, or an old backup was restored: a sealed event is missing."));
            }
        }

        return new LedgerReport(problems.Count == 0, tenants, events, problems);
    }

    private static async Task<(int Tenants, long Events)> Chains(NpgsqlConnection owner, List<LedgerProblem> problems, CancellationToken ct)
    {
        var (tenants, events, previous) = (0, 0L, (LedgerRow?)null);
        await Each(
            owner, $"select {LedgerSql.Columns} from privacy.consent_event order by tenant_id, seq",
            reader =>
            {
                var row = LedgerSql.Read(reader);
                if (previous?.TenantId != row.TenantId)
                    (previous, tenants) = (null, tenants + 1);
                events++;
                if (row.Seq != (previous?.Seq ?? 0) + 1)
                    problems.Add(new("gap", row.TenantId, row.Seq, $"{row.Seq - (previous?.Seq ?? 0) - 1} events before this one are missing."));
                if (!row.PrevHash.AsSpan().SequenceEqual(previous?.Hash ?? CanonicalEvent.Start))
                    problems.Add(new("link", row.TenantId, row.Seq, "This event does not follow the one before it."));
                if (!row.Hash.AsSpan().SequenceEqual(CanonicalEvent.Hash(row)))
                    problems.Add(new("hash", row.TenantId, row.Seq, "This event was changed after it was written."));
                previous = row;
            }, ct);
        return (tenants, events);
    }

    private static async Task Each(NpgsqlConnection owner, string sql, Action<NpgsqlDataReader> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 3600 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            row(reader);
    }
}

/// <summary><c>bin/plura ledger verify</c>.</summary>
public sealed class VerifyLedger(LedgerVerification verification) : ICommand
{
    public string Name => "ledger verify";

    public string Help => "Checks every account's consent ledger: chain, wording, imports, projection, and the sealed heads.";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct) => await verification.Run(ct);
}

/// <summary><c>bin/plura ledger accept --reason …</c>: the operator has no newer backup and wants to send again.</summary>
public sealed class AcceptLedger(AnchorWatch watch, AnchorLog log, TimeProvider clock) : ICommand
{
    public string Name => "ledger accept";

    public string Help => "--reason TEXT  Seals the ledger as it is, although sealed events are missing, so that sending can go on.";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        var reason = options.Need("reason");
        var why = await watch.Look(ct) ?? await AuditLoss(ct) ?? throw new PlainException("Nothing is missing: there is nothing to accept.");
        log.Append(await watch.Heads(ct), clock.GetUtcNow(), reason, await watch.AuditHeads(ct));
        return new { accepted = why, reason };
    }

    private async Task<string?> AuditLoss(CancellationToken ct) =>
        log.Last() is { } anchor && (await watch.AuditMisses(anchor, ct)).Count is > 0 and var count
            ? $"The audit logs of {count} accounts lack entries that were sealed at {anchor.At:yyyy-MM-dd HH:mm} UTC."
            : null;
}
