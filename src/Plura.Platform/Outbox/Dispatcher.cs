using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Platform.Outbox;

/// <summary>
/// Takes due messages and delivers them: any number of nodes may run one. Claims take turns between tenants, so that one
/// account's thousand jobs do not make another's single job wait. At least once: a message is deleted after its subscriber returned.
/// </summary>
public sealed partial class Dispatcher(IServiceScopeFactory scopes, OutboxCatalog catalog, NpgsqlDataSource database, Node node, TimeProvider clock, ILogger<Dispatcher> log)
{
    public const int MostAttempts = 8;
    private const int BatchSize = 16;

    /// <summary>Delivers everything that is due now; answers how many messages were taken.</summary>
    public async Task<int> RunDue(CancellationToken ct)
    {
        var taken = 0;
        while (await Claim(ct) is { Count: > 0 } batch)
        {
            taken += batch.Count;
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (m, token) => await Deliver(m, token));
        }

        return taken;
    }

    private async Task<List<OutboxMessage>> Claim(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var now = clock.GetUtcNow();
        return await db.Outbox.FromSql($"""
            update platform.outbox_message m set node = {node.Number}, attempts = m.attempts + 1
            from (
                select id from platform.outbox_message
                where id = any (array(
                    select id from (
                        select id, run_at, row_number() over (partition by tenant_id order by run_at, id) as turn
                        from platform.outbox_message
                        where dead_at is null and run_at <= {now} and (node is null or not platform.node_is_alive(node))
                    ) due order by turn, run_at limit {BatchSize}))
                  and dead_at is null and (node is null or not platform.node_is_alive(node))
                for update skip locked
            ) mine
            where m.id = mine.id
            returning m.*
            """).AsNoTracking().ToListAsync(ct);
    }

    private async Task Deliver(OutboxMessage message, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (message.TenantId is { } tenant)
                scope.ServiceProvider.GetRequiredService<Tenant>().Enter(tenant);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem(message.Subscriber);
            var payload = JsonSerializer.Deserialize(message.Payload, catalog.Message(message.Type))!;
            await catalog.Deliver(scope.ServiceProvider, message.Subscriber, payload, ct);
            await Execute("delete from platform.outbox_message where id = $1", ct, message.Id);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Execute("update platform.outbox_message set node = null, attempts = attempts - 1 where id = $1", CancellationToken.None, message.Id);
        }
        catch (Exception error)
        {
            Failed(log, error, message.Subscriber, message.Id, message.Attempts);
            var now = clock.GetUtcNow();
            // Back-off with jitter: 2 s, 4 s, 8 s … so that a provider's bad minute does not become a dead letter.
            var pause = TimeSpan.FromSeconds(Math.Pow(2, message.Attempts) * (0.75 + (Random.Shared.NextDouble() / 2)));
            var dead = message.Attempts >= MostAttempts;
            await Execute(
                "update platform.outbox_message set node = null, run_at = $2, dead_at = $3, last_error = $4 where id = $1",
                CancellationToken.None, message.Id, now + pause, dead ? now : DBNull.Value, $"{error.GetType().Name}: {error.Message}");
        }
    }

    private async Task Execute(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz } : new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} failed on message {Id}, try {Attempt}")]
    private static partial void Failed(ILogger logger, Exception error, string subscriber, Guid id, int attempt);
}
