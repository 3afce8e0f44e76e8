using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Appends to an account's chain. Every writer of the ledger comes through here, inside an open transaction.</summary>
public sealed class LedgerWriter(PluraDb db, Tenant tenant, Actor actor, PolicyVersions policies, TimeProvider clock)
{
    /// <summary>Appends an act about one address and brings the projection along.</summary>
    public async Task<LedgerRow> Append(NpgsqlConnection connection, LedgerRow draft, string? wording, CancellationToken ct)
    {
        var head = await Take(connection, LedgerSql.TakesAway(draft.Act) ? draft.AddressKey : null, ct);
        var row = Chain(head, draft);
        await using var batch = Writing(connection, row, wording);
        batch.BatchCommands.Add(LedgerSql.Command(LedgerSql.ProjectOne, row.TenantId, row.Seq, row.AddressKey));
        await batch.ExecuteNonQueryAsync(ct);
        return row;
    }

    /// <summary>Joins the scope's transaction, or makes one: an act is in force when that commits.</summary>
    public async Task<T> InTransaction<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is not null)
            return await work((NpgsqlConnection)db.Database.GetDbConnection());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var answer = await work((NpgsqlConnection)db.Database.GetDbConnection());
        await transaction.CommitAsync(ct);
        return answer;
    }

    /// <summary>Takes the account's chain, and the address where permission is taken away; answers the last number and hash.</summary>
    public async Task<LedgerHead> Take(NpgsqlConnection connection, Guid? addressAlone, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(LedgerSql.Command("select pg_advisory_xact_lock($1, $2)", LedgerSql.ChainLock, LedgerSql.Key(tenant.Id)));
        if (addressAlone is { } address)
            batch.BatchCommands.Add(LedgerSql.Command("select pg_advisory_xact_lock($1, $2)", LedgerSql.AddressLock, LedgerSql.Key(address)));
        batch.BatchCommands.Add(LedgerSql.Command("select seq, hash from privacy.consent_event where tenant_id = $1 order by seq desc limit 1", tenant.Id));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var locks = addressAlone is null ? 1 : 2; locks > 0; locks--)
            await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct)
            ? new LedgerHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
            : new LedgerHead(0, CanonicalEvent.Start);
    }

    /// <summary>Numbers, stamps and hashes the event behind the head.</summary>
    public LedgerRow Chain(LedgerHead head, LedgerRow draft)
    {
        var row = draft with
        {
            TenantId = tenant.Id,
            Seq = head.Seq + 1,
            OccurredAt = CanonicalEvent.Storable(draft.OccurredAt),
            RecordedAt = CanonicalEvent.Storable(clock.GetUtcNow()),
            ExpiresAt = draft.ExpiresAt is { } expires ? CanonicalEvent.Storable(expires) : null,
            PolicyVersion = policies.Text("privacy").Version,
            Actor = Who(),
            PrevHash = head.Hash,
        };
        return row with { Hash = CanonicalEvent.Hash(row) };
    }

    /// <summary>The event and, where it has one, its wording; the caller adds what else the same round trip does.</summary>
    public NpgsqlBatch Writing(NpgsqlConnection connection, LedgerRow row, string? wording)
    {
        var batch = new NpgsqlBatch(connection);
        if (wording is not null)
            batch.BatchCommands.Add(LedgerSql.Command(LedgerSql.InsertWording, row.TenantId, row.WordingHash, wording, row.RecordedAt));
        batch.BatchCommands.Add(LedgerSql.Insert(row));
        return batch;
    }

    /// <summary>A row with what every event has; <see cref="Chain"/> fills in the rest.</summary>
    public LedgerRow Draft(string channel, string topic, string act, string how, DateTimeOffset? occurredAt = null)
    {
        var now = clock.GetUtcNow();
        return new LedgerRow
        {
            TenantId = tenant.Id,
            Seq = 0,
            Id = Guid.CreateVersion7(now),
            Channel = channel,
            Topic = topic,
            Act = act,
            How = how,
            OccurredAt = occurredAt ?? now,
            RecordedAt = now,
            Actor = "",
            PrevHash = [],
        };
    }

    public static byte[]? HashOf(string? wording) => wording is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(wording));

    private string Who() => actor.Kind switch
    {
        ActorKind.User => $"user:{actor.Id}",
        ActorKind.Token => $"token:{actor.Id}",
        ActorKind.App => $"app:{actor.Id}",
        ActorKind.System => $"system:{actor.Name}",
        _ => "visitor",
    };
}

/// <summary>Where a chain ends.</summary>
public sealed record LedgerHead(long Seq, byte[] Hash);
