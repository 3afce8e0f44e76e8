using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Plura.Platform;

/// <summary>Tells the open pages of the scope's account that something they show has changed. A hint: nothing breaks when one is lost.</summary>
public interface ILive
{
    /// <summary>Rings a topic (<c>campaign:{id}</c>), in the scope's transaction where one is open: pages hear of it at commit.</summary>
    Task Changed(string topic, CancellationToken ct);

    /// <summary>The same on a connection of the caller's own, for set-based work.</summary>
    Task Changed(NpgsqlConnection connection, string topic, CancellationToken ct);
}

public sealed class LiveRings(PluraDb db, Tenant tenant) : ILive
{
    /// <summary>The PostgreSQL channel; <see cref="Wakeups"/> listens to it.</summary>
    public const string Channel = "plura_live";

    public async Task Changed(string topic, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await Changed((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction(), topic, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public Task Changed(NpgsqlConnection connection, string topic, CancellationToken ct) => Changed(connection, null, topic, ct);

    private async Task Changed(NpgsqlConnection connection, NpgsqlTransaction? transaction, string topic, CancellationToken ct)
    {
        await using var ring = new NpgsqlCommand("select pg_notify($1, $2)", connection, transaction);
        ring.Parameters.Add(new NpgsqlParameter { Value = Channel });
        ring.Parameters.Add(new NpgsqlParameter { Value = Ring.Of(tenant.Id, topic) });
        await ring.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>What travels in a notification: the account and the topic.</summary>
public static class Ring
{
    public static string Of(Guid tenant, string topic) => tenant + " " + topic;
}
