using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// One transaction of one account: the outcomes of what was handed over, then the gate's decisions and the intents for what
/// comes next. Only when it has committed may a worker begin; a withdrawal is therefore either seen here or comes after the intent.
/// </summary>
public sealed class Round(NpgsqlConnection connection, TenantLane lane, string? transport, DateTimeOffset now)
{
    public IReadOnlyList<SendOutcome> Outcomes { get; init; } = [];

    public IReadOnlyList<PutBack> PutBacks { get; init; } = [];

    public IReadOnlyList<SendItem> Wanted { get; init; } = [];

    /// <summary>Filled by <see cref="Commit"/>: the stored decisions that allow. An item that is missing must not be begun.</summary>
    public Dictionary<Guid, GateDecision> Allowed { get; } = [];

    /// <summary>True where a row was locked by somebody else, or was not ours any more.</summary>
    public bool Skipped { get; private set; }

    /// <summary>True from the moment the commit was sent: a failure after it leaves open whether the intents stand.</summary>
    public bool CommitBegun { get; private set; }

    public async Task Commit(IServiceScopeFactory scopes, CancellationToken ct)
    {
        await using var opening = connection.CreateBatch();
        opening.Add("begin");
        opening.Enter(lane.TenantId);
        // Before any row: whoever withdraws holds their address, and then changes the row of the letter that they left by.
        if (Wanted.Count > 0)
            lane.Gate.Hold(opening, Wanted.Select(w => w.AddressKey));
        Steering.Share(opening, [.. Outcomes.Select(o => o.Item.Dispatch.OriginId), .. PutBacks.Select(b => b.Item.Dispatch.OriginId), .. Wanted.Select(w => w.Dispatch.OriginId)]);
        if (Outcomes.Count > 0)
            Write(opening);
        if (Outcomes.Any(o => o.State == SendStates.Accepted))
            Tell(opening);
        var bounced = Outcomes.Where(o => o.Reason is "hard_bounce" or Messaging.Outcomes.StopListed or Messaging.Outcomes.GaveUp).ToList();
        if (Wanted.Count == 0 && bounced.Count == 0)
        {
            await Close(opening, [], [], ct);   // Nothing to ask: one round trip.
            return;
        }

        var mine = await Begin(opening, ct);
        if (bounced.Count > 0)
            await TellBounces(scopes, bounced, ct);
        var decisions = mine.Count == 0 ? [] : await lane.Gate.Decide(connection, [.. mine.Select(i => i.Ask(transport))], ct);
        await using var closing = connection.CreateBatch();
        Intend(closing, mine, decisions);
        await Close(closing, mine, decisions, ct);
        foreach (var decision in decisions.Where(d => d.Outcome == GateDecision.Allow))
            Allowed[decision.SendId] = decision;
    }

    private async Task Close(NpgsqlBatch batch, List<SendItem> mine, IReadOnlyList<GateDecision> decisions, CancellationToken ct)
    {
        List<PutBack> back = [.. PutBacks, .. NotNow(mine, decisions)];
        var returning = Return(batch, back);
        batch.Add("commit");
        CommitBegun = true;
        await batch.ExecuteNonQueryAsync(ct);
        Skipped |= returning is not null && (int)returning.RecordsAffected < back.Count;
    }

    /// <summary>Opens the transaction, writes outcomes, and locks those of the wanted rows that are still ours.</summary>
    private async Task<List<SendItem>> Begin(NpgsqlBatch batch, CancellationToken ct)
    {
        if (Wanted.Count == 0)
        {
            await batch.ExecuteNonQueryAsync(ct);
            return [];
        }

        // A row that a recovery is just taking back is skipped: it is not ours any more. So is one that somebody holds for another
        // reason, such as to note that it was opened: that one stays claimed, and the run gives it back at its end.
        batch.Add("""
            select id from messaging.send
            where tenant_id = $1 and id = any ($2) and state = 'claimed' and node = $3 and platform.node_is_alive($3)
            for no key update skip locked
            """, Sql.Of(lane.TenantId), Sql.Of(Wanted.Select(i => i.Row.Id).ToArray()), Sql.Of(Wanted[0].Row.Node));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var ours = new HashSet<Guid>();
        do
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetFieldType(0) == typeof(Guid))
                    ours.Add(reader.GetGuid(0));
            }
        }
        while (await reader.NextResultAsync(ct));

        Skipped |= ours.Count < Wanted.Count;
        return [.. Wanted.Where(i => ours.Contains(i.Row.Id))];
    }

    /// <summary>An outcome counts only for the attempt it belongs to; writing it twice changes nothing.</summary>
    private void Write(NpgsqlBatch batch) => batch.Add("""
        with news as (
            select * from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::bool[], $9::text[], $10::text[], $14::text[])
                as o (id, attempt, state, reason, code, due, final, event, detail, provider_id)),
        written as (
            update messaging.send s set state = case when c.ended then 'cancelled' else o.state end, reason = o.reason, last_code = o.code, due_at = coalesce(o.due, s.due_at),
                finished_at = case when o.final or c.ended then $11::timestamptz end, node = null, provider_id = coalesce(o.provider_id, s.provider_id)
            from news o
            -- Cancelled while it was in our hands, and put off by its receiver: it will not be tried again.
            cross join lateral (select o.state in ('planned', 'deferred') and exists (
                select from messaging.dispatch d join messaging.send k on k.tenant_id = $1 and k.id = o.id
                where d.tenant_id = $1 and d.origin = k.origin and d.origin_id = k.origin_id and d.state = 'cancelled') as ended) c
            where s.tenant_id = $1 and s.id = o.id and s.attempt = o.attempt and s.state in ('intended', 'unknown') and s.state <> o.state
            returning s.id),
        due as (
            update messaging.dispatch d set next_due_at = least(coalesce(d.next_due_at, n.due), n.due), state = case d.state when 'finished' then 'open' else d.state end
            from (select k.origin, k.origin_id, min(o.due) as due from news o join unnest($2::uuid[], $12::text[], $13::uuid[]) as k (id, origin, origin_id) on k.id = o.id
                  where o.due is not null group by k.origin, k.origin_id) n
            where d.tenant_id = $1 and d.origin = n.origin and d.origin_id = n.origin_id)
        insert into messaging.send_event (tenant_id, id, send_id, at, kind, detail)
        select $1, messaging.uuid7($11), o.id, $11, o.event, o.detail from news o join written w on w.id = o.id where o.event is not null
        """,
        Sql.Of(lane.TenantId),
        Sql.Of(Outcomes.Select(o => o.Item.Row.Id).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Attempt).ToArray()),
        Sql.Of(Outcomes.Select(o => o.State).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Reason).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Code).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Due).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Final).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Event).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Detail).ToArray()),
        Sql.Of(now),
        Sql.Of(Outcomes.Select(o => o.Item.Dispatch.Origin).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Item.Dispatch.OriginId).ToArray()),
        Sql.Of(Outcomes.Select(o => o.Answer?.ProviderId).ToArray()));

    /// <summary>Automations that begin with it, or wait for it, hear of what was taken.</summary>
    private void Tell(NpgsqlBatch batch) => batch.Add("""
        select 1 from (
            select automations.happened($3, array_agg(s.contact_id order by s.id), array_agg(s.origin_id order by s.id)) from messaging.send s
            where automations.listens(array[$3]) and s.tenant_id = $1 and s.id = any($2) and s.state = 'accepted'
            having count(*) > 0) told
        """,
        Sql.Of(lane.TenantId), Sql.Of(Outcomes.Where(o => o.State == SendStates.Accepted).Select(o => o.Item.Row.Id).ToArray()), Sql.Of(MessageTriggers.Delivered));

    private async Task TellBounces(IServiceScopeFactory scopes, List<SendOutcome> bounced, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(lane.TenantId);
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;   // The rows join the transaction that is open on this connection.
        db.Database.SetDbConnection(connection, contextOwnsConnection: false);
        foreach (var dead in bounced)
            db.Publish(dead.Reason switch
            {
                Messaging.Outcomes.StopListed => (IEvent)new MessageStopListed(dead.Item.Row.Id, dead.Item.Row.ContactId),
                Messaging.Outcomes.GaveUp => new MessageGivenUp(dead.Item.Row.Id, dead.Item.Row.ContactId),
                _ => new MessageBounced(dead.Item.Row.Id, dead.Item.Row.ContactId),
            });
        await db.SaveChangesAsync(ct);
    }

    private void Intend(NpgsqlBatch batch, List<SendItem> mine, IReadOnlyList<GateDecision> decisions)
    {
        var allowed = decisions.Where(d => d.Outcome == GateDecision.Allow).ToDictionary(d => d.SendId);
        var items = mine.Where(i => allowed.ContainsKey(i.Row.Id)).ToList();
        if (items.Count == 0)
            return;
        batch.Add("""
            with yes as (select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[]) as y (id, decision_id, address_key, attempt)),
            intended as (
                update messaging.send s set state = 'intended', attempt = y.attempt, decision_id = y.decision_id, address_key = y.address_key, reason = null,
                    intended_at = $6, first_intended_at = coalesce(s.first_intended_at, $6)
                from yes y where s.tenant_id = $1 and s.id = y.id)
            insert into messaging.send_attempt (tenant_id, send_id, attempt, decision_id, outcome, at)
            select $1, y.id, y.attempt, y.decision_id, 'allow', $6 from yes y
            """,
            Sql.Of(lane.TenantId),
            Sql.Of(items.Select(i => i.Row.Id).ToArray()),
            Sql.Of(items.Select(i => allowed[i.Row.Id].Id).ToArray()),
            Sql.Of(items.Select(i => i.AddressKey).ToArray()),
            Sql.Of(items.Select(i => i.NextAttempt).ToArray()),
            Sql.Of(now));
    }

    private static IEnumerable<PutBack> NotNow(List<SendItem> mine, IReadOnlyList<GateDecision> decisions)
    {
        var items = mine.ToDictionary(i => i.Row.Id);
        foreach (var decision in decisions.Where(d => d.Outcome != GateDecision.Allow))
        {
            var denied = decision.Outcome == GateDecision.Deny;
            yield return new PutBack(items[decision.SendId], denied ? SendStates.Withheld : SendStates.Deferred, decision.Decisive?.Rule, denied ? null : decision.DeferUntil, decision.Id);
        }
    }

    private NpgsqlBatchCommand? Return(NpgsqlBatch batch, List<PutBack> back)
    {
        if (back.Count == 0)
            return null;
        return batch.Add("""
            with back as (
                select b.* from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[], $8::uuid[])
                    as b (id, state, reason, due, decision_id, origin, origin_id)
                join messaging.send s on s.tenant_id = $1 and s.id = b.id and s.state = 'claimed' and s.node = $10 for no key update of s skip locked),
            due as (
                update messaging.dispatch d set tokens = d.tokens + n.tokens, next_due_at = least(coalesce(d.next_due_at, n.due), n.due)
                from (select origin, origin_id, min(due) as due, count(*) as tokens from back group by origin, origin_id) n
                where d.tenant_id = $1 and d.origin = n.origin and d.origin_id = n.origin_id and (n.due is not null or d.rate_per_minute is not null))
            update messaging.send s set state = b.state, reason = b.reason, due_at = coalesce(b.due, s.due_at), decision_id = coalesce(b.decision_id, s.decision_id),
                finished_at = case when b.state in ('withheld', 'bounced') then $9::timestamptz end, node = null
            from back b where s.tenant_id = $1 and s.id = b.id and s.state = 'claimed' and s.node = $10
            """,
            Sql.Of(lane.TenantId),
            Sql.Of(back.Select(b => b.Item.Row.Id).ToArray()),
            Sql.Of(back.Select(b => b.State).ToArray()),
            Sql.Of(back.Select(b => b.Reason).ToArray()),
            Sql.Of(back.Select(b => b.Due).ToArray()),
            Sql.Of(back.Select(b => b.DecisionId).ToArray()),
            Sql.Of(back.Select(b => b.Item.Dispatch.Origin).ToArray()),
            Sql.Of(back.Select(b => b.Item.Dispatch.OriginId).ToArray()),
            Sql.Of(now),
            Sql.Of(back[0].Item.Row.Node));
    }
}
