using Npgsql;

namespace Plura.Messaging;

/// <summary>
/// What a dead node held: claimed sends are planned again at once, intended ones become unknown and are never sent again without
/// a person's word. Dead is exact: PostgreSQL drops a node's lock the moment it dies.
/// </summary>
public sealed class Recovery(NpgsqlDataSource database, TimeProvider clock)
{
    public const string Reason = "stopped_midway";

    /// <param name="own">Numbers of this process whose claims are no longer in memory, and so are as good as dead.</param>
    /// <param name="channel">The channel whose pump lost them: what the others hold they still have. A dead node's sends are freed whatever they go by.</param>
    /// <param name="ct">Stops between accounts.</param>
    public async Task Run(IReadOnlyCollection<int> own, string channel, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var holds = new List<(int Node, Guid Tenant, bool Dead)>();
        await using (var command = connection.Command("""
            select h.node, h.tenant_id, n.dead
            from (select node, not platform.node_is_alive(node) as dead from (select distinct node from messaging.node_hold) known) n
            join messaging.node_hold h on h.node = n.node
            where n.dead or h.node = any ($1)
            """, Sql.Of(own.ToArray())))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                holds.Add((reader.GetInt32(0), reader.GetGuid(1), reader.GetBoolean(2)));
        }

        foreach (var (node, tenant, dead) in holds)
            await Free(connection, node, tenant, dead, dead ? null : channel, ct);
    }

    private async Task Free(NpgsqlConnection connection, int node, Guid tenant, bool dead, string? channel, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = connection.CreateBatch();
        batch.Enter(tenant);
        // In the order of the ids, as is done where what is claimed is taken back.
        batch.Add($"""
            with held as materialized (
                select s.id from messaging.send s where s.tenant_id = $1 and s.node = $2 and s.state = 'claimed' and {Goes("$3")} order by s.id for no key update of s)
            update messaging.send s set state = 'planned', node = null from held where s.tenant_id = $1 and s.id = held.id
            """, Sql.Of(tenant), Sql.Of(node), Sql.Or(channel));
        batch.Add($"""
            with lost as (
                update messaging.send s set state = 'unknown', reason = $4, node = null, finished_at = $3
                where s.tenant_id = $1 and s.node = $2 and s.state = 'intended' and {Goes("$5")} returning id)
            insert into messaging.send_event (tenant_id, id, send_id, at, kind, detail)
            select $1, messaging.uuid7($3), id, $3, 'unknown', 'The program stopped while this message was on its way.' from lost
            """, Sql.Of(tenant), Sql.Of(node), Sql.Of(now), Sql.Of(Reason), Sql.Or(channel));
        // Whatever was open is looked at again: it may have work, or may have finished.
        batch.Add("update messaging.dispatch set next_due_at = $2 where tenant_id = $1 and state = 'open' and (next_due_at is null or next_due_at > $2)", Sql.Of(tenant), Sql.Of(now));
        if (dead)
            batch.Add("delete from messaging.node_hold where tenant_id = $1 and node = $2", Sql.Of(tenant), Sql.Of(node));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>By which channel a send goes stands with its dispatch.</summary>
    private static string Goes(string channel) => $"""
        ({channel}::text is null or exists (
            select from messaging.dispatch d where d.tenant_id = s.tenant_id and d.origin = s.origin and d.origin_id = s.origin_id and d.channel = {channel}))
        """;
}
