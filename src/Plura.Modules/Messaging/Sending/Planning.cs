using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Writes planned sends: an audience in one statement, or a single one. Planning again adds only who is missing.</summary>
public sealed class Planning(PluraDb db, IEnumerable<IRecipientSource> sources, TimeProvider clock)
{
    private const string Row = """
        insert into messaging.send (tenant_id, id, origin, origin_id, content_id, contact_id, contact_point_id, address_key, state, message_id, due_at, attempt, planned_at)
        select @plan_tenant, x.id, @plan_origin, @plan_origin_id, c.id, x.contact_id, x.contact_point_id, x.address_key, 'planned',
            x.id::text || '@' || case c.channel when 'sms' then 'text' when 'chat' then 'chat' else split_part(c.from_email, '@', 2) end, @plan_due, 0, @plan_now
        """;

    public async Task<int> Plan(SendPlan plan, AudienceSql audience, CancellationToken ct)
    {
        await using var work = await Work.Begin(db, ct);
        await using var command = Command(plan, $"""
            {Row}
            from (select messaging.uuid7(@plan_now) as id, a.contact_id, a.contact_point_id, a.address_key from ({audience.Sql}) a offset 0) x
            join messaging.content c on c.tenant_id = @plan_tenant and c.id = @plan_content
            on conflict (tenant_id, origin, origin_id, contact_point_id) do nothing
            """);
        foreach (var parameter in audience.Parameters)
            command.Parameters.Add(parameter.Clone());
        var added = await command.ExecuteNonQueryAsync(ct);
        await Open(plan, added, ct);
        await work.Commit(ct);
        return added;
    }

    public async Task<Guid> PlanOne(SendPlan plan, Guid contactId, Guid contactPointId, CancellationToken ct)
    {
        await using var work = await Work.Begin(db, ct);
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var command = Command(plan, $"""
            with added as (
                {Row}
                from (select @one_id as id, @one_contact as contact_id, @one_point as contact_point_id, @one_key as address_key) x
                join messaging.content c on c.tenant_id = @plan_tenant and c.id = @plan_content
                on conflict (tenant_id, origin, origin_id, contact_point_id) do nothing returning id)
            select id, true from added union all
            select id, false from messaging.send where tenant_id = @plan_tenant and origin = @plan_origin and origin_id = @plan_origin_id and contact_point_id = @one_point
            limit 1
            """);
        command.Parameters.AddWithValue("one_id", id);
        command.Parameters.AddWithValue("one_contact", contactId);
        command.Parameters.AddWithValue("one_point", contactPointId);
        command.Parameters.AddWithValue("one_key", await Key(plan, contactPointId, ct));
        bool added;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                throw new InvalidOperationException($"Content {plan.ContentId} is not written.");
            (id, added) = (reader.GetGuid(0), reader.GetBoolean(1));
        }

        if (added)
            await Open(plan, 1, ct);
        await work.Commit(ct);
        return id;
    }

    /// <summary>The key as of now; the gate is asked about the address's key at the moment of sending.</summary>
    private async Task<Guid> Key(SendPlan plan, Guid contactPointId, CancellationToken ct)
    {
        var source = sources.FirstOrDefault(s => s.Serves(plan.Origin)) ?? throw new InvalidOperationException($"Nobody knows the recipients of {plan.Origin}.");
        var known = await source.Load((NpgsqlConnection)db.Database.GetDbConnection(), plan.Origin, plan.OriginId, [contactPointId], ct);
        return known.TryGetValue(contactPointId, out var recipient) ? recipient.AddressKey : Guid.Empty;
    }

    /// <summary>After the sends, in the same transaction: the dispatch's row makes the pump look, and is locked last.</summary>
    private async Task Open(SendPlan plan, int added, CancellationToken ct)
    {
        var tenant = db.Tenant.Id;
        var now = clock.GetUtcNow();
        var tokens = Bucket.Capacity(plan.RatePerMinute);
        await db.Database.ExecuteSqlAsync($"""
            insert into messaging.dispatch (tenant_id, origin, origin_id, channel, state, next_due_at, rate_per_minute, tokens, filled_at, failed, tried)
            values ({tenant}, {plan.Origin}, {plan.OriginId}, (select c.channel from messaging.content c where c.tenant_id = {tenant} and c.id = {plan.ContentId}),
                'open', {plan.StartAt}, {plan.RatePerMinute}, {tokens}, {now}, 0, 0)
            on conflict (tenant_id, origin, origin_id) do update set
                next_due_at = least(coalesce(dispatch.next_due_at, excluded.next_due_at), excluded.next_due_at),
                rate_per_minute = excluded.rate_per_minute,
                state = case when dispatch.state = 'finished' and {added} > 0 then 'open' else dispatch.state end
            """, ct);
        await db.Database.ExecuteSqlAsync($"select pg_notify('plura_send', '')", ct);
    }

    private NpgsqlCommand Command(SendPlan plan, string sql)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection()) { CommandTimeout = 600 };
        command.Parameters.AddWithValue("plan_tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("plan_origin", plan.Origin);
        command.Parameters.AddWithValue("plan_origin_id", plan.OriginId);
        command.Parameters.AddWithValue("plan_content", plan.ContentId);
        command.Parameters.AddWithValue("plan_due", plan.StartAt);
        command.Parameters.AddWithValue("plan_now", clock.GetUtcNow());
        return command;
    }

    /// <summary>The caller's transaction where there is one, else one of our own.</summary>
    private sealed class Work : IAsyncDisposable
    {
        private readonly PluraDb db;
        private readonly IDbContextTransaction? own;

        private Work(PluraDb db, IDbContextTransaction? own) => (this.db, this.own) = (db, own);

        public static async Task<Work> Begin(PluraDb db, CancellationToken ct)
        {
            await db.Database.OpenConnectionAsync(ct);
            return new Work(db, db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null);
        }

        public Task Commit(CancellationToken ct) => own?.CommitAsync(ct) ?? Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            if (own is not null)
                await own.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }
    }
}
