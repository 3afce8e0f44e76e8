using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Brings entries into their account's chain. Entries are written without a lock; the chain is nobody's hot path.</summary>
public sealed class AuditSealer(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The advisory lock under which one account's chain grows.</summary>
    public const int ChainLock = 20561;

    /// <summary>Transactions that last longer than this are found by the look at everything.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private static readonly DateTimeOffset Always = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int Batch = 2000;

    /// <summary>Seals whatever waits, of every account and of the installation; answers how many entries.</summary>
    /// <param name="everything">Also what is older than a quarter of an hour.</param>
    /// <param name="ct">Stops between two batches.</param>
    public async Task<int> Seal(bool everything, CancellationToken ct)
    {
        var since = everything ? Always : clock.GetUtcNow() - Recent;
        var tenants = new List<Guid>();
        await using (var command = database.CreateCommand("select tenant_id from privacy.audit_waiting($1)"))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = since });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                tenants.Add(reader.GetGuid(0));
        }

        var count = 0;
        foreach (var tenant in tenants)
        {
            int some;
            do
                count += some = await Seal(tenant, since, ct);
            while (some == Batch);
        }

        return count;
    }

    /// <summary>Everything of one account that waits: before it is shown to somebody as whole.</summary>
    public Task<int> Seal(Guid tenant, CancellationToken ct) => Seal(tenant, Always, ct);

    private async Task<int> Seal(Guid tenant, DateTimeOffset since, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (tenant != Guid.Empty)
        {
            await using var enter = TenantConnections.Set(connection, tenant);
            await enter.ExecuteNonQueryAsync(ct);
        }

        var sql = ChainSql.Of(tenant);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Run(connection, "select pg_advisory_xact_lock($1, $2)", ct, ChainLock, LedgerSql.Key(tenant));
        var (seq, hash) = await Head(connection, sql, tenant, ct);
        var (seqs, ids, hashes) = (new List<long>(), new List<Guid>(), new List<byte[]>());
        await using (var waiting = Command(connection, sql.Waiting, tenant, since, Batch))
        await using (var reader = await waiting.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var entry = SealedEntry.Read(tenant, reader);
                hash = entry.Hash(++seq, hash);
                seqs.Add(seq);
                ids.Add(entry.Id);
                hashes.Add(hash);
            }
        }

        if (ids.Count > 0)
            await Run(connection, sql.Append, ct, tenant, seqs.ToArray(), ids.ToArray(), hashes.ToArray());
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    private static async Task<(long Seq, byte[] Hash)> Head(NpgsqlConnection connection, ChainSql sql, Guid tenant, CancellationToken ct)
    {
        await using var command = Command(connection, sql.Head, tenant);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (0, CanonicalEvent.Start);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}

/// <summary>The statements of a chain: an account's, or the installation's own, which has no account column. $1 is always the account.</summary>
internal sealed record ChainSql(string Head, string Waiting, string Append)
{
    private static readonly ChainSql Account = new(
        "select seq, hash from privacy.audit_link where tenant_id = $1 order by seq desc limit 1",
        $"""
        select {SealedEntry.Columns} from privacy.audit_entry e
        where e.tenant_id = $1 and e.at >= $2 and not exists (select from privacy.audit_link l where l.tenant_id = $1 and l.entry_id = e.id)
        order by e.at, e.id limit $3
        """,
        "insert into privacy.audit_link (tenant_id, seq, entry_id, hash) select $1, u.* from unnest($2::bigint[], $3::uuid[], $4::bytea[]) u");

    private static readonly ChainSql Installation = new(
        "select seq, hash from privacy.operator_audit_link where $1::uuid is not null order by seq desc limit 1",
        $"""
        select {SealedEntry.Columns} from privacy.operator_audit_entry e
        where $1::uuid is not null and e.at >= $2 and not exists (select from privacy.operator_audit_link l where l.entry_id = e.id)
        order by e.at, e.id limit $3
        """,
        "insert into privacy.operator_audit_link (seq, entry_id, hash) select u.* from unnest($2::bigint[], $3::uuid[], $4::bytea[]) u where $1::uuid is not null");

    public static ChainSql Of(Guid tenant) => tenant == Guid.Empty ? Installation : Account;
}
