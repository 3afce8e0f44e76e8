using Npgsql;

namespace Plura.Privacy;

/// <summary>Reads the heads, and says whether the database still holds everything that was anchored.</summary>
public sealed class AnchorWatch(NpgsqlDataSource database, AnchorLog log, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim looking = new(1, 1);
    private (string? Why, DateTimeOffset Until) seen;

    /// <summary>Null when the ledger reaches its last anchor; otherwise a sentence. Looked at when a process first decides, then once a minute.</summary>
    public async ValueTask<string?> Behind(CancellationToken ct)
    {
        if (seen.Until > clock.GetUtcNow())
            return seen.Why;
        await looking.WaitAsync(ct);
        try
        {
            return seen.Until > clock.GetUtcNow() ? seen.Why : await Look(ct);
        }
        finally
        {
            looking.Release();
        }
    }

    /// <summary>The same, looked at now.</summary>
    public async Task<string?> Look(CancellationToken ct)
    {
        var why = await Compare(ct);
        seen = (why, clock.GetUtcNow() + Kept);
        return why;
    }

    public Task<IReadOnlyList<AnchorHead>> Heads(CancellationToken ct) => Heads("select tenant_id, seq, hash from privacy.ledger_heads()", ct);

    /// <summary>Where every audit log ends; the installation's own under the id of all zeros.</summary>
    public Task<IReadOnlyList<AnchorHead>> AuditHeads(CancellationToken ct) => Heads("select tenant_id, seq, hash from privacy.audit_heads()", ct);

    /// <summary>The anchored ends of audit logs that the database does not hold as they were.</summary>
    public Task<IReadOnlyList<AnchorMiss>> AuditMisses(Anchor anchor, CancellationToken ct) =>
        Misses("select tenant_id, seq, found is not null from privacy.audit_misses($1, $2, $3)", anchor.Audit ?? [], ct);

    private async Task<IReadOnlyList<AnchorHead>> Heads(string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var heads = new List<AnchorHead>();
        while (await reader.ReadAsync(ct))
            heads.Add(new AnchorHead(reader.GetGuid(0), reader.GetInt64(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2))));
        return heads;
    }

    /// <summary>The anchored heads that the ledger does not hold as they were, each with what stands there now.</summary>
    public Task<IReadOnlyList<AnchorMiss>> Misses(Anchor anchor, CancellationToken ct) =>
        Misses("select tenant_id, seq, found is not null from privacy.ledger_misses($1, $2, $3)", anchor.Heads, ct);

    private async Task<IReadOnlyList<AnchorMiss>> Misses(string sql, IReadOnlyList<AnchorHead> heads, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. heads.Select(h => h.Tenant)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. heads.Select(h => h.Seq)] });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. heads.Select(h => Convert.FromHexString(h.Hash))] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var misses = new List<AnchorMiss>();
        while (await reader.ReadAsync(ct))
            misses.Add(new AnchorMiss(reader.GetGuid(0), reader.GetInt64(1), reader.GetBoolean(2)));
        return misses;
    }

    private async Task<string?> Compare(CancellationToken ct)
    {
        if (log.Last() is not { } anchor)
            return null;
        var misses = await Misses(anchor, ct);
        return misses.Count == 0
            ? null
            : $"The database lacks consent events that were sealed at {anchor.At:yyyy-MM-dd HH:mm} UTC ({misses.Count} of {anchor.Heads.Count} accounts).";
    }
}

/// <param name="Changed">True where another event stands under the number; false where none does.</param>
public sealed record AnchorMiss(Guid Tenant, long Seq, bool Changed);
