using System.Text.Json;
using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>What a verification found, as <c>bin/plura audit verify</c> prints it.</summary>
/// <param name="Ok">Whether all is well.</param>
/// <param name="Logs">The accounts' logs, and the installation's.</param>
/// <param name="Entries">Sealed ones.</param>
/// <param name="Late">Entries that had waited for more than a minute to be sealed when the verification began.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record AuditReport(bool Ok, int Logs, long Entries, long Late, IReadOnlyList<LedgerProblem> Problems) : IVerdict;

/// <summary>Reads every audit log as its owner: chain, entries, the sealed ends.</summary>
public sealed class AuditVerification(DatabaseAddress address, AuditSealer sealer, AnchorWatch watch, AnchorLog log, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Chains = $"""
        select l.tenant_id, l.seq, l.hash, l.entry_id, {SealedEntry.Columns}
        from privacy.audit_link l left join privacy.audit_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
        order by l.tenant_id, l.seq
        """;

    private const string Installation = $"""
        select '00000000-0000-0000-0000-000000000000'::uuid, l.seq, l.hash, l.entry_id, {SealedEntry.Columns}
        from privacy.operator_audit_link l left join privacy.operator_audit_entry e on e.id = l.entry_id
        order by l.seq
        """;

    private const string Unsealed = """
        select e.tenant_id, count(*) from privacy.audit_entry e
        where e.at < $1 and not exists (select from privacy.audit_link l where l.tenant_id = e.tenant_id and l.entry_id = e.id) group by e.tenant_id
        union all
        select '00000000-0000-0000-0000-000000000000'::uuid, count(*) from privacy.operator_audit_entry e
        where e.at < $1 and not exists (select from privacy.operator_audit_link l where l.entry_id = e.id) having count(*) > 0
        """;

    public async Task<AuditReport> Run(CancellationToken ct)
    {
        var problems = new List<LedgerProblem>();
        await using var owner = new NpgsqlConnection(address.Owner);
        await owner.OpenAsync(ct);
        var (late, patient) = (0L, clock.GetUtcNow() - Patience);
        await Each(owner, Unsealed, r => late += r.GetInt64(1), ct, patient);
        await sealer.Seal(everything: true, ct);
        await Each(owner, Unsealed, r => problems.Add(new("unsealed", r.GetGuid(0), null, $"{r.GetInt64(1)} entries are in no chain.")), ct, patient);
        var (logs, entries, last) = (0, 0L, (Tenant: (Guid?)null, Seq: 0L, Hash: CanonicalEvent.Start));
        foreach (var sql in (string[])[Chains, Installation])
        {
            await Each(owner, sql, reader =>
            {
                var (tenant, seq, hash) = (reader.GetGuid(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
                if (last.Tenant != tenant)
                    (last, logs) = ((tenant, 0, CanonicalEvent.Start), logs + 1);
                entries++;
                if (seq != last.Seq + 1)
                    problems.Add(new("gap", tenant, seq, $"{seq - last.Seq - 1} entries before this one are missing."));
                else if (reader.IsDBNull(4))
                    problems.Add(new("entry", tenant, seq, "This entry was deleted."));
                else if (!hash.AsSpan().SequenceEqual(Expected(SealedEntry.Read(tenant, reader, 4), seq, last.Hash)))
                    problems.Add(new("hash", tenant, seq, "This entry was changed after it was written, or does not follow the one before it."));
                last = (tenant, seq, hash);
            }, ct);
        }

        await Anchored(problems, ct);
        return new AuditReport(problems.Count == 0, logs, entries, late, problems);
    }

    private async Task Anchored(List<LedgerProblem> problems, CancellationToken ct)
    {
        if (log.Last() is not { } anchor)
            return;
        if (!log.Genuine(anchor))
            problems.Add(new("anchor_forged", null, null, "The last seal was not made with this installation's key, or was changed."));
        foreach (var miss in await watch.AuditMisses(anchor, ct))
        {
            problems.Add(miss.Changed
                ? new("anchor_changed", miss.Tenant, miss.Seq, "The log was written anew: another entry stands where one was sealed.")
                : new("anchor_missing", miss.Tenant, miss.Seq, "The log's end was cut, or an old backup was restored: a sealed entry is missing."));
        }
    }

    private static byte[] Expected(SealedEntry entry, long seq, byte[] previous)
    {
        try
        {
            return entry.Hash(seq, previous);
        }
        catch (JsonException)
        {
            // Facts that we could not have written.
            return [];
        }
    }

    private static async Task Each(NpgsqlConnection owner, string sql, Action<NpgsqlDataReader> row, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 3600 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            row(reader);
    }
}

/// <summary><c>bin/plura audit verify</c>.</summary>
public sealed class VerifyAudit(AuditVerification verification) : ICommand
{
    public string Name => "audit verify";

    public string Help => "Checks every audit log: chain, entries, and the sealed ends.";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct) => await verification.Run(ct);
}
