using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Platform;

/// <summary>
/// This process among the others. It holds an advisory lock under its number for as long as it lives; PostgreSQL drops the
/// lock the moment the process or its connection dies, so <c>platform.node_is_alive</c> is exact and needs no lease.
/// After a lost connection the node comes back under a new number: what it held under the old one belongs to whoever takes it.
/// </summary>
public sealed partial class Node(NpgsqlDataSource database, ILogger<Node> log) : BackgroundService, IWorker
{
    /// <summary>The advisory lock's class: nothing else in the product uses it.</summary>
    public const int LockClass = 20556;

    private volatile TaskCompletionSource<int> held = NotYet();

    public int Number { get; private set; } = NewNumber();

    /// <summary>Completes with the number whose lock is held: work must not be claimed before, or others take it for a dead node's. Renewed when the connection is lost.</summary>
    public Task<int> Ready => held.Task;

    /// <summary>It has held a lock once: the start is over.</summary>
    public bool HasStarted { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Hold(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested && error is NpgsqlException or InvalidOperationException)
            {
                if (held.Task.IsCompleted)
                    held = NotYet();
                Lost(log, Number, error);
                Number = NewNumber();
                // The machine's clock: what is waited for is the database, whatever time the product is told.
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task Hold(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1, $2)", connection))
        {
            take.Parameters.Add(new NpgsqlParameter { Value = LockClass });
            take.Parameters.Add(new NpgsqlParameter { Value = Number });
            await take.ExecuteNonQueryAsync(ct);
        }

        HasStarted = true;
        held.TrySetResult(Number);
        while (true)
        {
            // Waits for anything from the server; a dead connection throws here. The ping finds a connection that died in silence.
            await connection.WaitAsync(TimeSpan.FromSeconds(5), ct);
            await using var ping = new NpgsqlCommand("select 1", connection);
            await ping.ExecuteNonQueryAsync(ct);
        }
    }

    private static TaskCompletionSource<int> NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static int NewNumber() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Number} lost its connection and comes back under a new number")]
    private static partial void Lost(ILogger logger, int number, Exception error);
}
