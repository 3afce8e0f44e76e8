using Npgsql;

namespace Plura.Adapters;

/// <summary>
/// One node at a time reads a mailbox: an advisory lock on a connection of its own, which PostgreSQL drops the moment the node or the connection dies.
/// Should two ever read at once, no harm is done, because a mail is taken once.
/// </summary>
internal sealed class MailboxLease : IAsyncDisposable
{
    /// <summary>The advisory lock's class.</summary>
    private const int LockClass = 20597;

    private readonly NpgsqlConnection connection;
    private readonly string mailbox;

    private MailboxLease(NpgsqlConnection connection, string mailbox) => (this.connection, this.mailbox) = (connection, mailbox);

    /// <summary>Null where another node has it.</summary>
    public static async Task<MailboxLease?> Take(NpgsqlDataSource database, string mailbox, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var lease = new MailboxLease(connection, mailbox);
            if (await lease.Ask("select pg_try_advisory_lock($1, hashtext($2))", ct))
                return lease;
        }
        catch (NpgsqlException)
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Throws where the connection, and with it the lock, was lost.</summary>
    public async Task Hold(CancellationToken ct)
    {
        await using var ping = new NpgsqlCommand("select 1", connection);
        await ping.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A connection that goes back to the pool keeps its session, and with it the lock.
            await Ask("select pg_advisory_unlock($1, hashtext($2))", CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            NpgsqlConnection.ClearPool(connection);   // It is broken, and so the lock is gone; nobody else gets it out of the pool.
        }

        await connection.DisposeAsync();
    }

    private async Task<bool> Ask(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = LockClass });
        command.Parameters.Add(new NpgsqlParameter { Value = mailbox });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
