using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Reads and writes runs by the batch: three statements for a turn, however many runs it moves.</summary>
public sealed class RunStore(PluraDb db)
{
    /// <summary>Takes runs that are due and nobody holds, the longest due first.</summary>
    public async Task<List<StandingRun>> Claim(int most, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command("""
            select id, automation_id, version, contact_id, entry, begun_at, step_id, pass, awaits, woken, attempt, since
            from automations.run where tenant_id = $1 and wake_at <= $2 order by wake_at, id limit $3 for update skip locked
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = most });
        var runs = new List<StandingRun>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            runs.Add(new StandingRun
            {
                Id = reader.GetGuid(0),
                AutomationId = reader.GetGuid(1),
                Version = reader.GetInt32(2),
                ContactId = reader.GetGuid(3),
                Entry = reader.GetInt32(4),
                BegunAt = reader.GetFieldValue<DateTimeOffset>(5),
            }.At(
                await reader.IsDBNullAsync(6, ct) ? null : reader.GetGuid(6), reader.GetInt32(7), await reader.IsDBNullAsync(8, ct) ? null : reader.GetString(8),
                reader.GetBoolean(9), reader.GetInt32(10), reader.GetFieldValue<DateTimeOffset>(11)));
        }

        return runs;
    }

    public async Task Write(IReadOnlyCollection<StandingRun> runs, CancellationToken ct)
    {
        await using var command = Command("""
            update automations.run r set step_id = x.step, pass = x.pass, wake_at = x.wake, awaits = x.awaits, woken = x.woken, attempt = x.attempt, state = x.state, reason = x.reason, since = x.since
            from unnest($2::uuid[], $3::uuid[], $4::int[], $5::timestamptz[], $6::text[], $7::bool[], $8::int[], $9::text[], $10::text[], $11::timestamptz[])
                as x (id, step, pass, wake, awaits, woken, attempt, state, reason, since)
            where r.tenant_id = $1 and r.id = x.id
            """);
        command.Parameters.Add(new() { Value = runs.Select(r => r.Id).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.StepId).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Pass).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.WakeAt).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Awaits).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Woken).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Attempt).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.State).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Reason).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Since).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task Write(IReadOnlyCollection<Passed> passages, CancellationToken ct)
    {
        if (passages.Count == 0)
            return;
        await using (var command = Command("""
            insert into automations.passage (tenant_id, id, run_id, step_id, pass, attempt, at, outcome, detail)
            select $1, x.id, x.run, x.step, x.pass, x.attempt, x.at, x.outcome, x.detail::jsonb
            from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::timestamptz[], $8::text[], $9::text[]) as x (id, run, step, pass, attempt, at, outcome, detail)
            """))
        {
            command.Parameters.Add(new() { Value = passages.Select(p => Guid.CreateVersion7(p.At)).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.RunId).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.StepId).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.Pass).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.Attempt).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.At).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.Outcome).ToArray() });
            command.Parameters.Add(new() { Value = passages.Select(p => p.Detail?.ToJsonString()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync(ct);
        }

        // One row for each step, always in the same order, so that two nodes wait for each other and never in a circle.
        var tallies = passages.Where(p => p.Outcome is not (Outcomes.Waits or Outcomes.Tried)).GroupBy(p => (p.AutomationId, p.StepId)).OrderBy(g => g.Key.AutomationId).ThenBy(g => g.Key.StepId).ToList();
        await using var tally = Command("""
            insert into automations.step_tally (tenant_id, automation_id, step_id, passed, failed, turns)
            select $1, x.automation, x.step, x.passed, x.failed, 0 from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[]) as x (automation, step, passed, failed)
            on conflict (tenant_id, automation_id, step_id) do update set passed = step_tally.passed + excluded.passed, failed = step_tally.failed + excluded.failed
            """);
        tally.Parameters.Add(new() { Value = tallies.Select(t => t.Key.AutomationId).ToArray() });
        tally.Parameters.Add(new() { Value = tallies.Select(t => t.Key.StepId).ToArray() });
        tally.Parameters.Add(new() { Value = tallies.Select(t => (long)t.Count(p => p.Outcome != Outcomes.Failed)).ToArray() });
        tally.Parameters.Add(new() { Value = tallies.Select(t => (long)t.Count(p => p.Outcome == Outcomes.Failed)).ToArray() });
        await tally.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The number of the first of so many turns that a step takes.</summary>
    /// <param name="automation">The automation.</param>
    /// <param name="step">Its step.</param>
    /// <param name="count">How many.</param>
    /// <param name="floor">The first is not lower: what was not taken until now is passed over.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<long> Turns(Guid automation, Guid step, int count, long floor, CancellationToken ct)
    {
        await using var command = Command("""
            insert into automations.step_tally (tenant_id, automation_id, step_id, passed, failed, turns) values ($1, $2, $3, 0, 0, $5 + $4)
            on conflict (tenant_id, automation_id, step_id) do update set turns = greatest(step_tally.turns, $5) + $4
            returning turns - $4
            """);
        command.Parameters.Add(new() { Value = automation });
        command.Parameters.Add(new() { Value = step });
        command.Parameters.Add(new() { Value = (long)count });
        command.Parameters.Add(new() { Value = floor });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new() { Value = db.Tenant.Id });
        return command;
    }
}

/// <summary>A step that a run passed, or tried, in this turn.</summary>
public sealed record Passed(Guid RunId, Guid AutomationId, Guid StepId, int Pass, int Attempt, DateTimeOffset At, string Outcome, JsonObject? Detail);

/// <summary>Words of a run's history that the engine itself writes.</summary>
public static class Outcomes
{
    public const string Waits = "waits";
    public const string Failed = "failed";

    /// <summary>It failed, and will be tried again.</summary>
    public const string Tried = "tried";

    /// <summary>It took a branch, or a time or a happening came.</summary>
    public const string Went = "went";

    /// <summary>The goal was reached.</summary>
    public const string Reached = "reached";
}
