using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>
/// Entries about looking and about being refused. Nobody waits for their commit: they queue, and one statement per account writes all
/// that came in while the one before was written; what happens outside any account, at the desks, goes to the installation's log. What
/// queues when the process is killed is lost: a few milliseconds' worth; an orderly stop writes it. When the database cannot take them, requests wait once ten thousand queue, because looking without a trace is worse.
/// </summary>
public sealed partial class ReadLog(NpgsqlDataSource database, ILogger<ReadLog> log) : BackgroundService, IWorker
{
    private const int Longest = 10_000;
    private const int Batch = 500;

    private const string Columns = "id, at, actor_kind, actor_id, act, about, about_kind, network, session_id, outcome, facts";
    private const string Rows = "unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::jsonb[]) u on conflict do nothing";
    private const string Inside = $"insert into privacy.audit_entry (tenant_id, {Columns}) select $12, u.* from {Rows}";
    private const string Outside = $"insert into privacy.operator_audit_entry ({Columns}) select u.* from {Rows}";

    private readonly Channel<Item> queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(Longest) { SingleReader = true });

    /// <param name="tenant">The account whose log it belongs to; null for the installation's.</param>
    /// <param name="draft">What happened.</param>
    public ValueTask Add(Guid? tenant, AuditDraft draft) => queue.Writer.WriteAsync(new Item(tenant, draft, null));

    /// <summary>Returns when everything that was added until now is committed.</summary>
    public async Task Flush(CancellationToken ct)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.Writer.WriteAsync(new Item(null, null, reached), ct);
        await reached.Task.WaitAsync(ct);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Not cancelled but ended: the loop writes what queues and returns.
        queue.Writer.TryComplete();
        try
        {
            if (ExecuteTask is { } running)
                await running.WaitAsync(LastWrites.Patience, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            NotWrittenAtStop(log);
        }
        finally
        {
            await base.StopAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var some = new List<Item>();
            while (some.Count < Batch && queue.Reader.TryRead(out var next))
                some.Add(next);
            while (!await Write(some) && !stoppingToken.IsCancellationRequested)
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken);
            foreach (var item in some)
                item.Reached?.SetResult();
        }
    }

    private async Task<bool> Write(List<Item> some)
    {
        if (some.TrueForAll(s => s.Draft is null))
            return true;
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var account in some.Where(s => s.Draft is not null).GroupBy(s => s.Tenant, s => s.Draft!))
            {
                if (account.Key is { } tenant)
                    batch.BatchCommands.Add(LedgerSql.Command("select set_config('plura.tenant_id', $1, true)", tenant.ToString()));
                batch.BatchCommands.Add(Command(account.Key, [.. account]));
            }

            await batch.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return true;
        }
        catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            NotWritten(log, error, some.Count);
            return false;
        }
    }

    private static NpgsqlBatchCommand Command(Guid? tenant, AuditDraft[] entries)
    {
        var command = LedgerSql.Command(tenant is null ? Outside : Inside);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. entries.Select(e => e.Id)] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. entries.Select(e => e.At)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entries.Select(e => e.ActorKind)] });
        command.Parameters.Add(new NpgsqlParameter<Guid?[]> { TypedValue = [.. entries.Select(e => e.ActorId)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entries.Select(e => e.Act)] });
        command.Parameters.Add(new NpgsqlParameter<Guid?[]> { TypedValue = [.. entries.Select(e => e.About)] });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. entries.Select(e => e.AboutKind)] });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. entries.Select(e => e.Network)] });
        command.Parameters.Add(new NpgsqlParameter<Guid?[]> { TypedValue = [.. entries.Select(e => e.SessionId)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entries.Select(e => e.Outcome)] });
        command.Parameters.Add(new NpgsqlParameter { Value = entries.Select(e => e.Facts).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Jsonb });
        if (tenant is { } id)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return command;
    }

    /// <summary>An entry, or a place in the queue that somebody waits for.</summary>
    private sealed record Item(Guid? Tenant, AuditDraft? Draft, TaskCompletionSource? Reached);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log's last entries could not be written before the stop")]
    private static partial void NotWrittenAtStop(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} entries of the audit log could not be written; they are tried again in a second")]
    private static partial void NotWritten(ILogger logger, Exception error, int count);
}
