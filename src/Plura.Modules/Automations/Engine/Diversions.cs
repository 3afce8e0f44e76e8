using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>What happens to somebody in an automation may take them to its goal, or out of it, wherever they stand.</summary>
public sealed class Diversions(PluraDb db, FlowShelf shelf)
{
    private sealed record Standing(Guid Id, Guid Automation, int Version, Guid Contact, Guid Step);

    /// <param name="happened">At most one for each contact.</param>
    /// <param name="now">The engine's clock.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Take(IReadOnlyList<Happened> happened, DateTimeOffset now, CancellationToken ct)
    {
        var by = happened.ToDictionary(h => h.ContactId);
        var (stopped, ahead) = (new List<Guid>(), new List<(Guid Run, Guid Goal)>());
        foreach (var run in await Inside([.. by.Keys.Order()], ct))
        {
            var (route, what) = (await shelf.Route(db, run.Automation, run.Version, ct), by[run.Contact]);
            if (route.Flow.StopWhen == what.Kind)
                stopped.Add(run.Id);
            else if (route.GoalsAfter(run.Step).FirstOrDefault(g => Goal.Reached(g, what.Kind, what.ThingId)) is { } goal)
                ahead.Add((run.Id, goal.Id));
        }

        if (stopped.Count > 0)
            await Do("""
                update automations.run set state = 'stopped', reason = $3, step_id = null, wake_at = null, awaits = null, woken = false, since = $2
                where tenant_id = $1 and id = any($4) and state = 'going'
                """, [now, StopReasons.Happened, stopped.ToArray()], ct);
        if (ahead.Count > 0)
            await Do("""
                update automations.run r set step_id = x.goal, wake_at = $2, awaits = null, woken = true, attempt = 0, reason = null, since = $2
                from unnest($3::uuid[], $4::uuid[]) x (id, goal) where r.tenant_id = $1 and r.id = x.id and r.state = 'going'
                """, [now, ahead.Select(a => a.Run).ToArray(), ahead.Select(a => a.Goal).ToArray()], ct);
    }

    /// <summary>Who of the contacts is in which automation, held.</summary>
    private async Task<List<Standing>> Inside(Guid[] contacts, CancellationToken ct)
    {
        await using var command = Command("select id, automation_id, version, contact_id, step_id from automations.run where tenant_id = $1 and contact_id = any($2) and state = 'going' and step_id is not null order by id for update", [contacts]);
        var found = new List<Standing>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(new Standing(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetGuid(3), reader.GetGuid(4)));
        return found;
    }

    private async Task Do(string sql, object[] values, CancellationToken ct)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new() { Value = db.Tenant.Id });
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
