using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>
/// Reads what happened in one account: takes contacts in, and wakes runs that waited for it. One at a time in an account; of each contact only the oldest, and only
/// once no run of theirs is about to go on, so that what follows from one happening is done before the next is looked at.
/// </summary>
public sealed partial class Hearing(PluraDb db, FlowShelf shelf, Enrolment enrolment, Diversions diversions, IConditions conditions, IAccountDirectory accounts, TimeProvider clock, ILogger<Hearing> log)
{
    /// <summary>Whoever changes what automations of an account listen to, or reads what happened, holds it.</summary>
    public const int LockClass = 20599;
    private const int Most = 1_000;

    private sealed record Heard(long Id, string Kind, Guid Contact, Guid? Thing);

    /// <summary>Answers how many happenings it took.</summary>
    public async Task<int> Take(CancellationToken ct)
    {
        if (await accounts.Account(db.Tenant.Id, ct) is not { Closed: false })
            return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock({LockClass}, hashtext({db.Tenant.Id.ToString()})) as "Value" """).SingleAsync(ct))
            return 0;
        var now = clock.GetUtcNow();
        var heard = await Next(now, ct);
        if (heard.Count == 0)
            return 0;
        await Wake(heard, now, ct);
        await diversions.Take([.. heard.Select(h => new Happened(h.Kind, h.Contact, h.Thing))], now, ct);
        var takers = await db.Automations.Where(a => a.OnSince != null && a.Published != null && a.DeletedAt == null).OrderBy(a => a.Id).Select(a => new { a.Id, Version = a.Published!.Value }).ToListAsync(ct);
        foreach (var taker in takers)
        {
            var route = await shelf.Route(db, taker.Id, taker.Version, ct);
            if (await Wanted(taker.Id, route.Flow, heard, ct) is { Count: > 0 } wanted)
                await enrolment.Begin(taker.Id, taker.Version, route, wanted, ct);
        }

        var ids = heard.ConvertAll(h => h.Id).ToArray();
        await db.Database.ExecuteSqlAsync($"delete from automations.happening where tenant_id = {db.Tenant.Id} and id = any({ids})", ct);
        await transaction.CommitAsync(ct);
        return heard.Count;
    }

    private async Task<List<Heard>> Next(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command("""
            select distinct on (h.contact_id) h.id, h.kind, h.contact_id, h.thing_id
            from (
                select id, kind, contact_id, thing_id from automations.happening h
                where tenant_id = $1 and not exists (select from automations.run r where r.tenant_id = $1 and r.contact_id = h.contact_id and r.wake_at <= $2)
                order by id limit $3
            ) h
            order by h.contact_id, h.id
            """, now, Most);
        var heard = new List<Heard>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            heard.Add(new Heard(reader.GetInt64(0), reader.GetString(1), reader.GetGuid(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetGuid(3)));
        return heard;
    }

    private async Task Wake(List<Heard> heard, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command("""
            update automations.run r set woken = true, wake_at = $2
            from unnest($3::uuid[], $4::text[], $5::text[]) h (contact, any_thing, this_thing)
            where r.tenant_id = $1 and r.contact_id = h.contact and r.state = 'going' and r.awaits in (h.any_thing, h.this_thing)
            """, now, heard.Select(h => h.Contact).ToArray(), heard.Select(h => h.Kind).ToArray(), heard.Select(h => Happened.Key(h.Kind, h.Thing)).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whom what happened takes in, of those who are there.</summary>
    private async Task<Dictionary<Guid, Cause>> Wanted(Guid automation, Flow flow, List<Heard> heard, CancellationToken ct)
    {
        var wanted = new Dictionary<Guid, Cause>();
        foreach (var trigger in flow.Triggers)
        {
            var fitting = heard.Where(h => h.Kind == trigger.Kind && (trigger.Thing is null || trigger.Thing == h.Thing) && !wanted.ContainsKey(h.Contact)).ToDictionary(h => h.Contact, h => new Cause(h.Kind, h.Thing));
            if (fitting.Count == 0)
                continue;
            var fit = await conditions.Meet(trigger.Who ?? [], [.. fitting.Keys], ct);
            // A condition that cannot be asked any more takes nobody in: what happens else must not wait for somebody to repair it.
            if (!fit.Ok)
            {
                CannotAsk(log, automation, fit.Refusal!.Code);
                continue;
            }

            foreach (var contact in fit.Value)
                wanted[contact] = fitting[contact];
        }

        return wanted;
    }

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new() { Value = db.Tenant.Id });
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } : new() { Value = value });
        return command;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A condition of the automation {Automation} cannot be asked any more: {Code}")]
    private static partial void CannotAsk(ILogger logger, Guid automation, string code);
}
