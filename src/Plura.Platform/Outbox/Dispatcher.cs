using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Platform.Outbox;

/// <summary>
/// Takes due messages and delivers them: any number of nodes may run one. Claims take turns between tenants, so that one
/// account's thousand jobs do not make another's single job wait. At least once: a message is deleted after its subscriber returned.
/// </summary>
public sealed partial class Dispatcher(IServiceScopeFactory scopes, OutboxCatalog catalog, Burial burial, NpgsqlDataSource database, Node node, TimeProvider clock, ILogger<Dispatcher> log)
{
    public const int MostAttempts = 8;
    private const int MostOvertaken = 3;
    private const int BatchSize = 16;

    /// <summary>Delivers everything that is due now; answers how many messages were taken.</summary>
    public async Task<int> RunDue(CancellationToken ct)
    {
        var taken = 0;
        while (await Claim(ct) is { Count: > 0 } batch)
        {
            taken += batch.Count;
            await Deliver(batch, ct);
        }

        return taken;
    }

    /// <summary>Delivers these messages, except what another node has at hand.</summary>
    public async Task Run(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var mine = await node.Ready.WaitAsync(ct);
        foreach (var some in ids.Chunk(BatchSize))
        {
            await using var scope = scopes.CreateAsyncScope();
            await Deliver(await scope.ServiceProvider.GetRequiredService<PluraDb>().Outbox.FromSql($"""
                update platform.outbox_message m set node = {mine}, attempts = m.attempts + 1
                from (
                    select id from platform.outbox_message
                    where id = any ({some}) and dead_at is null and (node is null or not platform.node_is_alive(node))
                    for update skip locked
                ) due_now
                where m.id = due_now.id
                returning m.*
                """).AsNoTracking().ToListAsync(ct), ct);
        }
    }

    private async Task<List<OutboxMessage>> Claim(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var now = clock.GetUtcNow();
        var mine = await node.Ready.WaitAsync(ct);
        return await db.Outbox.FromSql($"""
            update platform.outbox_message m set node = {mine}, attempts = m.attempts + 1
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
            ) due_now
            where m.id = due_now.id
            returning m.*
            """).AsNoTracking().ToListAsync(ct);
    }

    private async Task Deliver(List<OutboxMessage> batch, CancellationToken ct)
    {
        try
        {
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (m, token) => await Deliver(m, token));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Told to stop: what was broken off or not begun is given back, and the try does not count.
            foreach (var message in batch)
                await Execute("update platform.outbox_message set node = null, attempts = attempts - 1 where id = $1 and node = $2", CancellationToken.None, message.Id, message.Node!);
            throw;
        }
    }

    private async Task Deliver(OutboxMessage message, CancellationToken ct)
    {
        // Its last try was counted and never ended: the process died with it. Once more, and it might be what kills every process.
        if (message.Attempts > MostAttempts)
        {
            await burial.Bury(message, Failure.Interrupted);
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (message.TenantId is { } tenant)
                scope.ServiceProvider.GetRequiredService<Tenant>().Enter(tenant);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem(message.Subscriber);
            await catalog.Deliver(scope.ServiceProvider, message, ct);
            await Execute(
                $"""
                with done as (delete from platform.outbox_message where id = $1 returning tenant_id, last_error)
                select pg_notify('{LiveRings.Channel}', tenant_id || ' {DeadLetters.Topic}') from done where tenant_id is not null and last_error is not null
                """, ct, message.Id);
        }
        catch (Exception error) when (message.Attempts <= MostOvertaken && Failure.WasOvertaken(error))
        {
            // It begins again at once with what stands now. Overtaken again and again, it waits like work that failed.
            Overtaken(log, message.Subscriber, message.Id, message.Attempts);
            await Execute("update platform.outbox_message set node = null where id = $1", CancellationToken.None, message.Id);
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Failed(log, error, message.Subscriber, message.Id, message.Attempts);
            var failure = Failure.Of(error);
            if (message.Attempts == MostAttempts)
                await burial.Bury(message, failure);
            else
                await TryLater(message, failure);
        }
    }

    private async Task TryLater(OutboxMessage message, Failure failure)
    {
        // Back-off with jitter: 2 s, 4 s, 8 s … so that a provider's bad minute does not become a dead letter.
        var pause = TimeSpan.FromSeconds(Math.Pow(2, message.Attempts) * (0.75 + (Random.Shared.NextDouble() / 2)));
        await Execute(
            "update platform.outbox_message set node = null, run_at = $2, last_error = $3 where id = $1",
            CancellationToken.None, message.Id, clock.GetUtcNow() + pause, failure.ToString());
    }

    private async Task Execute(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Subscriber} was overtaken on message {Id}, try {Attempt}")]
    private static partial void Overtaken(ILogger logger, string subscriber, Guid id, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} failed on message {Id}, try {Attempt}")]
    private static partial void Failed(ILogger logger, Exception error, string subscriber, Guid id, int attempt);
}
