using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>
/// Takes one event about one address back, by an event that names it: what was said before, or since, holds as if it had never been written. Both stay in the ledger.
/// </summary>
public sealed class TakenBack(LedgerWriter writer, Tenant tenant)
{
    private const string Affected = "select s.act from privacy.consent_state s where s.tenant_id = $1 and s.address_key = $2 and s.channel = $3 and s.topic = $4 and s.seq = $5";

    // What each had before, or has said since: the latest statement that nobody took back, or nothing.
    private const string Forget = "delete from privacy.consent_state where tenant_id = $1 and address_key = $2 and channel = $3 and topic = $4";

    private const string Project = """
        insert into privacy.consent_state (tenant_id, address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq)
        select tenant_id, address_key, channel, topic, act, how, occurred_at, expires_at, proof, own, seq
        from privacy.consent_claim
        where tenant_id = $1 and address_key = $2 and channel = $3 and topic = $4 and retracted_seq is null
        order by own desc, seq desc limit 1
        """;

    /// <param name="connection">In a transaction.</param>
    /// <param name="draft">The event that takes it back; <see cref="LedgerRow.Retracts"/> names what.</param>
    /// <param name="seq">The number of the event that is taken back.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Write(NpgsqlConnection connection, LedgerRow draft, long seq, CancellationToken ct)
    {
        var head = await writer.Take(connection, addressAlone: null, ct);
        await using var batch = writer.Writing(connection, writer.Chain(head, draft), wording: null);
        await batch.ExecuteNonQueryAsync(ct);
        var (tenantId, key) = (tenant.Id, draft.AddressKey!.Value);
        // Whatever they said since stands already.
        await using (var affected = Command(connection, Affected, tenantId, key, draft.Channel, draft.Topic, seq))
        {
            if (await affected.ExecuteScalarAsync(ct) is null)
                return;
        }

        foreach (var sql in (string[])[Forget, Project])
        {
            await using var command = Command(connection, sql, tenantId, key, draft.Channel, draft.Topic);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
