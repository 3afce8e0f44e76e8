using Npgsql;
using NpgsqlTypes;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>The gate's statements: the locks, the facts of a whole batch, the decisions of a whole batch.</summary>
internal static class GateSql
{
    // A statement of its own: the next one's snapshot is then newer than the lock, so a withdrawal that we waited for is seen.
    private const string Locks = "select pg_advisory_xact_lock_shared($1, key) from unnest($2) as key";

    private const string FactsOf = """
        select q.n::int, b.reason, b.detail, b.at,
               s.act, s.how, s.occurred_at, s.expires_at, s.proof, s.topic, s.seq, e.source, encode(substr(e.wording_hash, 1, 6), 'hex'), e.send_id, 0
        from unnest($2, $3, $4, $5) with ordinality as q(address_key, channel, topic, send_id, n)
        left join privacy.suppression b on b.tenant_id = $1 and b.address_key = q.address_key and b.channel = q.channel
        left join lateral (
            select * from privacy.consent_state s
            where s.tenant_id = $1 and s.address_key = q.address_key and s.channel = q.channel and s.topic in (q.topic, 'all')
            order by s.own desc, s.seq desc limit 1) s on true
        left join privacy.consent_event e on e.tenant_id = $1 and e.seq = s.seq
        """;

    // Only where the account set a limit: the count reads as many decisions as a person got messages. A message that is tried again is one
    // message, and the one that is asked about does not stand in its own way.
    private static readonly string FactsAndCounts = FactsOf.Replace("e.send_id, 0", "e.send_id, f.sent", StringComparison.Ordinal) + """

        left join lateral (
            select count(distinct d.send_id)::int as sent from privacy.decision d
            where d.tenant_id = $1 and d.address_key = q.address_key and d.at > $6 and d.outcome = 'allow' and d.category = 'marketing'
              and d.channel = q.channel and d.send_id <> q.send_id) f on true
        """;

    private const string Insert = """
        insert into privacy.decision (tenant_id, id, send_id, outcome, at, defer_until, contact_id, address_key, channel, category, topic, reasons, rules_version)
        select $1, id, send_id, outcome, $2, defer_until, contact_id, address_key, channel, category, topic, reasons::jsonb, $3
        from unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as d(id, send_id, outcome, contact_id, address_key, channel, category, topic, reasons, defer_until)
        """;

    private const string Settings = "select frequency_messages, frequency_days from privacy.gate_setting where tenant_id = $1";

    /// <summary>The account's own limit.</summary>
    public static async Task<FrequencyLimit?> Frequency(NpgsqlConnection connection, Guid tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Settings, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new FrequencyLimit(reader.GetInt32(0), reader.GetInt32(1)) : null;
    }

    /// <summary>Sorted, so that two batches that share addresses wait for each other in one direction only.</summary>
    public static NpgsqlBatchCommand Hold(IEnumerable<Guid> addressKeys)
    {
        var locks = new NpgsqlBatchCommand(Locks);
        locks.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LedgerSql.AddressLock });
        locks.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = addressKeys.Select(LedgerSql.Key).Distinct().Order().ToArray() });
        return locks;
    }

    /// <summary>One round trip: the locks (unless only previewing), then the facts, in the questions' order.</summary>
    public static async Task<GateFacts[]> Facts(NpgsqlConnection connection, Guid tenant, IReadOnlyList<GateQuestion> questions, FrequencyLimit? limit, DateTimeOffset now, bool locked, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (locked)
            batch.BatchCommands.Add(Hold(questions.Select(q => q.AddressKey)));

        var facts = new NpgsqlBatchCommand(limit is null ? FactsOf : FactsAndCounts);
        facts.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        facts.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. questions.Select(q => q.AddressKey)] });
        facts.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. questions.Select(q => q.Channel)] });
        facts.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. questions.Select(q => q.Topic)] });
        facts.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. questions.Select(q => q.SendId)] });
        if (limit is not null)
            facts.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.AddDays(-limit.Days) });
        batch.BatchCommands.Add(facts);

        var found = new GateFacts[questions.Count];
        Array.Fill(found, GateFacts.None);
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            if (locked)
                await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
                found[reader.GetInt32(0) - 1] = Read(reader);
        }

        await StateFrequency.Count(connection, tenant, questions, found, now, ct);
        return found;
    }

    public static async Task Store(NpgsqlConnection connection, Guid tenant, IReadOnlyList<GateQuestion> questions, IReadOnlyList<GateDecision> decisions, string[] reasons, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(Insert, connection);
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = decisions[0].At });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = GateRules.Version });
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. decisions.Select(d => d.Id)] });
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. questions.Select(q => q.SendId)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. decisions.Select(d => d.Outcome)] });
        insert.Parameters.Add(new NpgsqlParameter { Value = questions.Select(q => q.ContactId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. questions.Select(q => q.AddressKey)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. questions.Select(q => q.Channel)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. questions.Select(q => q.Category)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. questions.Select(q => q.Topic)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = reasons });
        insert.Parameters.Add(new NpgsqlParameter { Value = decisions.Select(d => d.DeferUntil).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static GateFacts Read(NpgsqlDataReader reader) => new(
        reader.IsDBNull(1) ? null : new BlockFact(reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)),
        reader.IsDBNull(4)
            ? null
            : new ConsentFact(
                reader.GetString(4),
                reader.GetString(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7),
                reader.GetString(8),
                reader.GetString(9),
                reader.GetInt64(10),
                reader.IsDBNull(11) ? null : reader.GetString(11),
                reader.IsDBNull(12) ? null : reader.GetString(12),
                reader.IsDBNull(13) ? null : reader.GetGuid(13)),
        reader.GetInt32(14));
}
