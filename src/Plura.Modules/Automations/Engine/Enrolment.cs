using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>How contacts come into automations, whoever or whatever takes them in, and how they are taken out before the end.</summary>
public sealed partial class Enrolment(PluraDb db, FlowShelf shelf, RunsInHand inHand, IConditions conditions, TimeProvider clock, ILogger<Enrolment> log) : IEnrolment
{
    private const int MostEntries = 50;
    private static readonly TimeSpan Guarded = TimeSpan.FromMinutes(30);

    /// <summary>By whoever acts in this scope.</summary>
    internal static Cause By(Actor actor) => new(actor.Kind == ActorKind.User ? Cause.Person : Cause.Program, actor.Id);

    private IQueryable<Automation> Published => db.Automations.AsNoTracking().Where(a => a.Published != null && a.DeletedAt == null);

    public async Task<IReadOnlyList<Enrollable>> Choices(CancellationToken ct) =>
        await Published.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new Enrollable(a.Id, a.Name, a.OnSince != null)).ToListAsync(ct);

    public async Task<IReadOnlyList<Enrolled>> TakeIn(Guid automation, IReadOnlyCollection<Guid> contacts, Cause cause, CancellationToken ct)
    {
        if (contacts.Count == 0 || await Published.Where(a => a.Id == automation && a.OnSince != null).Select(a => a.Published).FirstOrDefaultAsync(ct) is not { } version)
            return [];
        var there = (await conditions.Meet([], [.. contacts], ct)).Value;
        return await Begin(automation, version, await shelf.Route(db, automation, version, ct), there.ToDictionary(c => c, _ => cause), ct);
    }

    /// <summary>The same for those who are known to be there.</summary>
    internal async Task<IReadOnlyList<Enrolled>> Begin(Guid automation, int version, Route route, IReadOnlyDictionary<Guid, Cause> contacts, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asked = contacts.OrderBy(c => c.Key).ToList();
        await using var command = await Command("""
            with asked as (
                select c.contact, c.id, c.cause, c.cause_id, coalesce(b.last, 0) as last, coalesce(b.lately, 0) as lately
                from unnest($3::uuid[], $4::uuid[], $10::text[], $11::uuid[]) c (contact, id, cause, cause_id)
                cross join lateral (
                    select max(r.entry) as last, bool_or(r.state in ('going', 'failed')) as inside, count(*) filter (where r.begun_at > $5) as lately
                    from automations.run r where r.tenant_id = $1 and r.automation_id = $6 and r.contact_id = c.contact
                ) b
                where case $7 when 'once' then b.last is null when 'after_end' then not coalesce(b.inside, false) else true end
            ), begun as (
                insert into automations.run (tenant_id, id, automation_id, version, contact_id, entry, cause, cause_id, pass, step_id, wake_at, woken, attempt, state, begun_at, since)
                select $1, id, $6, $8, contact, last + 1, cause, cause_id, 0, $9, case when $9::uuid is null then null else $2 end, false, 0, case when $9::uuid is null then 'done' else 'going' end, $2, $2
                from asked where lately < $12
                on conflict (tenant_id, automation_id, contact_id, entry) do nothing
                returning id, contact_id
            ), rung as (select pg_notify('plura_automation', '') where exists (select from begun))
            select b.contact_id, b.id, 0::bigint from begun b left join rung on true
            union all select null, null, count(*) from asked where lately >= $12
            """, ct);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = asked.Select(c => c.Key).ToArray() });
        command.Parameters.Add(new() { Value = asked.Select(_ => Guid.CreateVersion7(now)).ToArray() });
        command.Parameters.Add(new() { Value = now - Guarded });
        command.Parameters.Add(new() { Value = automation });
        command.Parameters.Add(new() { Value = route.Flow.Again });
        command.Parameters.Add(new() { Value = version });
        command.Parameters.Add(new() { Value = (object?)route.First ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = asked.Select(c => c.Value.Kind).ToArray() });
        command.Parameters.Add(new() { Value = asked.Select(c => c.Value.Id).ToArray() });
        command.Parameters.Add(new() { Value = MostEntries });
        var begun = new List<Enrolled>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!await reader.IsDBNullAsync(0, ct))
                begun.Add(new Enrolled(reader.GetGuid(0), reader.GetGuid(1)));
            else if (reader.GetInt64(2) is > 0 and var kept)
                GoesRound(log, automation, kept);
        }

        return begun;
    }

    public Task<IReadOnlyList<Enrolled>> TakeOut(Guid automation, IReadOnlyCollection<Guid> contacts, CancellationToken ct) =>
        TakeOut("r.automation_id = $4 and r.contact_id = any($5)", [automation, contacts.ToArray()], ct);

    public Task<IReadOnlyList<Enrolled>> TakeOutOfOthers(Guid automation, IReadOnlyCollection<Guid> contacts, CancellationToken ct) =>
        TakeOut("r.automation_id <> $4 and r.contact_id = any($5)", [automation, contacts.ToArray()], ct);

    public async Task<IReadOnlyList<Guid>> TakeOut(IReadOnlyCollection<Guid> runs, CancellationToken ct) =>
        [.. (await TakeOut("r.id = any($4)", [runs.ToArray()], ct)).Select(r => r.ContactId)];

    private async Task<IReadOnlyList<Enrolled>> TakeOut(string which, object[] values, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = await Command($"""
            with there as (
                select id, jsonb_build_object('step', step_id, 'wake', wake_at, 'awaits', awaits, 'woken', woken, 'attempt', attempt, 'state', state, 'reason', reason, 'since', since) as stood
                from automations.run r where r.tenant_id = $1 and r.state in ('going', 'failed') and {which} order by id for update
            )
            update automations.run r set state = 'stopped', reason = $3, step_id = null, wake_at = null, awaits = null, woken = false, since = $2
            from there t where r.tenant_id = $1 and r.id = t.id
            returning r.contact_id, r.id, t.stood::text
            """, ct);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = StopReasons.TakenOut });
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        var taken = new List<Enrolled>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            taken.Add(new Enrolled(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)));
        inHand.TakeOut(taken.Select(t => t.RunId).ToHashSet(), now);
        return taken;
    }

    public Task<IReadOnlyList<ContactRun>> Inside(Guid contact, int most, CancellationToken ct) =>
        Told(db.Runs.Where(r => r.ContactId == contact && (r.State == RunStates.Going || r.State == RunStates.Failed)), most, ct);

    public Task<IReadOnlyList<ContactRun>> Begun(Guid contact, DateTimeOffset before, Guid id, int most, CancellationToken ct) =>
        Told(db.Runs.Where(r => r.ContactId == contact && EF.Functions.LessThan(ValueTuple.Create(r.BegunAt, r.Id), ValueTuple.Create(before, id))), most, ct);

    private async Task<IReadOnlyList<ContactRun>> Told(IQueryable<Run> runs, int most, CancellationToken ct) =>
        await runs.AsNoTracking().Join(db.Automations, r => r.AutomationId, a => a.Id, (r, a) => new { r, a.Name, Gone = a.DeletedAt != null }).OrderByDescending(x => x.r.BegunAt).ThenByDescending(x => x.r.Id).Take(most)
            .Select(x => new ContactRun(x.r.Id, x.r.AutomationId, x.Name, x.r.State, x.r.BegunAt, x.Gone)).ToListAsync(ct);

    private async Task<NpgsqlCommand> Command(string sql, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new() { Value = db.Tenant.Id });
        return command;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The automation {Automation} goes round: it does not take in {Contacts} contacts, who were in it again and again")]
    private static partial void GoesRound(ILogger logger, Guid automation, long contacts);
}

/// <summary>The runs that this scope's turn walks just now: whoever is taken out by a step of it goes no further in it either.</summary>
public sealed class RunsInHand
{
    private IReadOnlyList<StandingRun> runs = [];

    internal void Hold(IReadOnlyList<StandingRun> held) => runs = held;

    internal void TakeOut(IReadOnlySet<Guid> taken, DateTimeOffset now)
    {
        foreach (var run in runs.Where(r => taken.Contains(r.Id)))
            run.End(RunStates.Stopped, StopReasons.TakenOut, now);
    }
}
