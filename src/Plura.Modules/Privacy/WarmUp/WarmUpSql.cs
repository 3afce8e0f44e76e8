using Npgsql;

namespace Plura.Privacy;

/// <summary>The day's count: read with its row locked while a batch is decided, or just looked at.</summary>
internal static class WarmUpSql
{
    private const string Make = "insert into privacy.warm_up_day (tenant_id, day, allowed, put_off) values ($1, $2, 0, 0) on conflict do nothing";
    private const string Read = "select allowed, put_off from privacy.warm_up_day where tenant_id = $1 and day = $2";
    private const string Write = "update privacy.warm_up_day set allowed = $3, put_off = $4 where tenant_id = $1 and day = $2";

    public static async Task<(int Allowed, int PutOff)> Count(NpgsqlConnection connection, Guid tenant, DateOnly day, bool locked, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (locked)
            batch.BatchCommands.Add(Keyed(Make, tenant, day));
        batch.BatchCommands.Add(Keyed(locked ? Read + " for update" : Read, tenant, day));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            if (await reader.ReadAsync(ct))
                return (reader.GetInt32(0), reader.GetInt32(1));
        }
        while (await reader.NextResultAsync(ct));
        return (0, 0);
    }

    public static async Task Keep(NpgsqlConnection connection, Guid tenant, DateOnly day, int allowed, int putOff, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Write, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = allowed });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = putOff });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Keyed(string sql, Guid tenant, DateOnly day)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        return command;
    }
}

/// <summary>Counts through one batch: who still finds room today, and on which day the others do.</summary>
internal sealed class Day(WarmUp limit, int allowed, int putOff)
{
    public int Allowed { get; private set; } = allowed;

    public int PutOff { get; private set; } = putOff;

    public bool Moved { get; private set; }

    public GateFacts Facts(GateFacts known) => Allowed < limit.Limit ? known : known with { DaysUntilRoom = limit.DaysUntilRoom(PutOff) };

    public void Note(string outcome, bool deferredHere)
    {
        if (outcome == Contracts.GateDecision.Allow)
            Allowed++;
        else if (deferredHere)
            PutOff++;
        else
            return;
        Moved = true;
    }
}
