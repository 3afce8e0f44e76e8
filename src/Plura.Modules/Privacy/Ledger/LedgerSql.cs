using Npgsql;
using NpgsqlTypes;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>The statements of the ledger, and its locks.</summary>
public static class LedgerSql
{
    /// <summary>
    /// Advisory lock classes. A writer takes its account's chain, then the address alone. The gate takes addresses shared and never the
    /// chain, so no circle can form, as long as nobody writes to the ledger inside the transaction in which the gate decided.
    /// </summary>
    public const int ChainLock = 20558;

    public const int AddressLock = 20559;

    public const string Columns =
        "tenant_id, seq, id, address_key, subject_id, channel, topic, act, how, occurred_at, recorded_at, wording_hash, policy_version, actor, source, "
        + "jurisdiction, expires_at, send_id, retracts, member_count, member_digest, proof_key, proof, prev_hash, hash";

    public const string InsertEvent =
        $"insert into privacy.consent_event ({Columns}, alg) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)";

    public const string InsertWording = "insert into privacy.consent_wording (tenant_id, hash, text, recorded_at) values ($1, $2, $3, $4) on conflict do nothing";

    // The latest own act, or, where there is none, the latest statement: events arrive in order, so newer wins unless it is the account's word against the person's.
    public const string ProjectOne = """
        insert into privacy.consent_state (tenant_id, address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq)
        select tenant_id, address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq
        from privacy.consent_claim where tenant_id = $1 and seq = $2 and address_key = $3
        on conflict (tenant_id, address_key, channel, topic) do update
        set act = excluded.act, how = excluded.how, occurred_at = excluded.occurred_at, expires_at = excluded.expires_at,
            proof = excluded.proof, own = excluded.own, seq = excluded.seq
        where excluded.own or not privacy.consent_state.own
        """;

    public static int Key(Guid id) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(id.ToByteArray(bigEndian: true).AsSpan(12));

    public static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    public static NpgsqlBatchCommand Insert(LedgerRow row) => Command(
        InsertEvent,
        row.TenantId, row.Seq, row.Id, Typed(row.AddressKey, NpgsqlDbType.Uuid), Typed(row.SubjectId, NpgsqlDbType.Uuid), row.Channel, row.Topic, row.Act, row.How,
        row.OccurredAt, row.RecordedAt, Typed(row.WordingHash, NpgsqlDbType.Bytea), Typed(row.PolicyVersion, NpgsqlDbType.Text), row.Actor,
        Typed(row.Source, NpgsqlDbType.Text), Typed(row.Jurisdiction, NpgsqlDbType.Text), Typed(row.ExpiresAt, NpgsqlDbType.TimestampTz),
        Typed(row.SendId, NpgsqlDbType.Uuid), Typed(row.Retracts, NpgsqlDbType.Uuid), Typed(row.MemberCount, NpgsqlDbType.Integer),
        Typed(row.MemberDigest, NpgsqlDbType.Bytea), Typed(row.ProofKey, NpgsqlDbType.Uuid), Typed(row.Proof, NpgsqlDbType.Bytea), row.PrevHash, row.Hash,
        CanonicalEvent.Version);

    public static LedgerRow Read(NpgsqlDataReader reader) => new()
    {
        TenantId = reader.GetGuid(0),
        Seq = reader.GetInt64(1),
        Id = reader.GetGuid(2),
        AddressKey = Maybe<Guid>(reader, 3),
        SubjectId = Maybe<Guid>(reader, 4),
        Channel = reader.GetString(5),
        Topic = reader.GetString(6),
        Act = reader.GetString(7),
        How = reader.GetString(8),
        OccurredAt = reader.GetFieldValue<DateTimeOffset>(9),
        RecordedAt = reader.GetFieldValue<DateTimeOffset>(10),
        WordingHash = Bytes(reader, 11),
        PolicyVersion = Text(reader, 12),
        Actor = reader.GetString(13),
        Source = Text(reader, 14),
        Jurisdiction = Text(reader, 15),
        ExpiresAt = Maybe<DateTimeOffset>(reader, 16),
        SendId = Maybe<Guid>(reader, 17),
        Retracts = Maybe<Guid>(reader, 18),
        MemberCount = Maybe<int>(reader, 19),
        MemberDigest = Bytes(reader, 20),
        ProofKey = Maybe<Guid>(reader, 21),
        Proof = Bytes(reader, 22),
        PrevHash = reader.GetFieldValue<byte[]>(23),
        Hash = reader.GetFieldValue<byte[]>(24),
    };

    /// <summary>Is this act one that takes permission away: then nobody may decide about the address at the same moment.</summary>
    public static bool TakesAway(string act) => act is ConsentActs.Withdrawn or ConsentActs.Denied or ConsentActs.Suppressed;

    public static NpgsqlParameter Typed(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlParameter Parameter(object? value) => value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value };

    private static T? Maybe<T>(NpgsqlDataReader reader, int column) where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    private static byte[]? Bytes(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
