using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>
/// What an account says of many addresses at once: one event with their number and a digest, the members as rows. Set-based,
/// because an import of 200,000 people must not be 200,000 statements.
/// </summary>
public sealed class Attestations(Tenant tenant, LedgerWriter writer)
{
    // Whoever refused stays out; so does an address that complained, was erased or is blocked.
    private const string TakeMembers = """
        create temporary table consent_taken on commit drop as
        with refused as materialized (
            select address_key from (
                select distinct on (address_key) address_key, act from privacy.consent_state
                where tenant_id = $1 and channel = $2 and topic in ($3, 'all') and own
                order by address_key, seq desc) own
            where act in ('withdrawn', 'denied')
            union all
            select address_key from privacy.suppression
            where tenant_id = $1 and channel = $2 and reason <> 'hard_bounce')
        select distinct on (m.address_key) m.address_key, m.contact_id
        from consent_members m
        where m.address_key is not null and not exists (select from refused r where r.address_key = m.address_key)
        order by m.address_key, m.contact_id
        """;

    private const string Digest = "select count(*)::int, sha256(coalesce(string_agg(uuid_send(address_key), ''::bytea order by address_key), ''::bytea)) from consent_taken";

    private const string InsertMembers = """
        insert into privacy.consent_member (tenant_id, address_key, seq, contact_id)
        select $1, address_key, $2, contact_id from consent_taken
        """;

    private const string ProjectMembers = """
        insert into privacy.consent_state (tenant_id, address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq)
        select $1, t.address_key, e.channel, e.topic, e.act, e.how, e.occurred_at, e.expires_at,
               privacy.proof_level(e.act, e.how, e.wording_hash is not null, e.source is not null), false, e.seq
        from privacy.consent_event e cross join consent_taken t
        where e.tenant_id = $1 and e.seq = $2
        on conflict (tenant_id, address_key, channel, topic) do update
        set act = excluded.act, how = excluded.how, occurred_at = excluded.occurred_at, expires_at = excluded.expires_at,
            proof = excluded.proof, own = excluded.own, seq = excluded.seq
        where not privacy.consent_state.own
        """;

    private const string Affected = """
        create temporary table consent_affected on commit drop as
        select address_key from privacy.consent_state
        where tenant_id = $1 and channel = $2 and topic = $3 and seq = $4 and not own
        """;

    // What each of them had before: the latest statement that nobody took back, or nothing.
    private const string Best = """
        create temporary table consent_best on commit drop as
        select distinct on (c.address_key) c.*
        from consent_affected a
        join privacy.consent_claim c on c.tenant_id = $1 and c.address_key = a.address_key
        where c.channel = $2 and c.topic = $3 and c.retracted_seq is null
        order by c.address_key, c.own desc, c.seq desc
        """;

    private const string Forget = """
        delete from privacy.consent_state s
        using (select address_key from consent_affected except select address_key from consent_best) a
        where s.tenant_id = $1 and s.channel = $2 and s.topic = $3 and s.address_key = a.address_key
        """;

    private const string Restore = """
        update privacy.consent_state s
        set act = b.act, how = b.how, occurred_at = b.occurred_at, expires_at = b.expires_at, proof = b.proof, own = b.own, seq = b.seq
        from consent_best b
        where s.tenant_id = $1 and s.channel = $2 and s.topic = $3 and s.address_key = b.address_key
        """;

    public async Task<int> Attest(NpgsqlConnection connection, ConsentAttestation attestation, CancellationToken ct)
    {
        var head = await writer.Take(connection, addressAlone: null, ct);
        int count;
        byte[] digest;
        await using (var take = new NpgsqlBatch(connection))
        {
            take.BatchCommands.Add(LedgerSql.Command("drop table if exists pg_temp.consent_taken"));
            take.BatchCommands.Add(LedgerSql.Command(Inlined(TakeMembers, attestation.Channel, attestation.Topic)));
            take.BatchCommands.Add(LedgerSql.Command(Digest));
            await using var reader = await take.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            (count, digest) = (reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        }

        if (count == 0)
            return 0;
        var said = new DateTimeOffset(attestation.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var row = writer.Chain(head, writer.Draft(attestation.Channel, attestation.Topic, ConsentActs.Attested, attestation.How, said) with
        {
            Id = attestation.Id,
            WordingHash = LedgerWriter.HashOf(attestation.Wording),
            Source = attestation.Source,
            MemberCount = count,
            MemberDigest = digest,
        });
        await using var batch = writer.Writing(connection, row, attestation.Wording);
        batch.BatchCommands.Add(LedgerSql.Command(InsertMembers, row.TenantId, row.Seq));
        batch.BatchCommands.Add(LedgerSql.Command(ProjectMembers, row.TenantId, row.Seq));
        await batch.ExecuteNonQueryAsync(ct);
        return count;
    }

    /// <summary>Takes an attestation back. Taking it back twice, or one that nobody made, changes nothing.</summary>
    public async Task Retract(NpgsqlConnection connection, Guid attestationId, string reason, CancellationToken ct)
    {
        var head = await writer.Take(connection, addressAlone: null, ct);
        await using var find = new NpgsqlCommand(
            """
            select e.seq, e.channel, e.topic, e.how from privacy.consent_event e
            where e.tenant_id = $1 and e.id = $2 and e.act = 'attested'
              and not exists (select from privacy.consent_event r where r.tenant_id = $1 and r.retracts = $2)
            """, connection);
        find.Parameters.Add(new NpgsqlParameter { Value = tenant.Id });
        find.Parameters.Add(new NpgsqlParameter { Value = attestationId });
        long seq;
        LedgerRow draft;
        await using (var reader = await find.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return;
            seq = reader.GetInt64(0);
            draft = writer.Draft(reader.GetString(1), reader.GetString(2), ConsentActs.Retracted, reader.GetString(3)) with { Retracts = attestationId, Source = reason };
        }

        await using var batch = writer.Writing(connection, writer.Chain(head, draft), wording: null);
        batch.BatchCommands.Add(LedgerSql.Command("drop table if exists pg_temp.consent_affected, pg_temp.consent_best"));
        batch.BatchCommands.Add(LedgerSql.Command(Inlined(Affected, draft.Channel, draft.Topic).Replace("$4", seq.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        // Without statistics a join of 200,000 with 200,000 would be planned as if both were small.
        batch.BatchCommands.Add(LedgerSql.Command("analyze consent_affected"));
        batch.BatchCommands.Add(LedgerSql.Command(Inlined(Best, draft.Channel, draft.Topic)));
        batch.BatchCommands.Add(LedgerSql.Command("analyze consent_best"));
        batch.BatchCommands.Add(LedgerSql.Command(Forget, tenant.Id, draft.Channel, draft.Topic));
        batch.BatchCommands.Add(LedgerSql.Command(Restore, tenant.Id, draft.Channel, draft.Topic));
        await batch.ExecuteNonQueryAsync(ct);
    }

    // CREATE TABLE AS takes no parameters.
    private string Inlined(string sql, string channel, string topic) => sql
        .Replace("$1", $"'{tenant.Id}'", StringComparison.Ordinal)
        .Replace("$2", Quoted(channel), StringComparison.Ordinal)
        .Replace("$3", Quoted(topic), StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
