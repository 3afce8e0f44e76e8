using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Carries a bulk action out, or takes it back: first the contacts are chosen, then batch after batch is changed, each in one
/// transaction with what undo needs. Broken off anywhere, it goes on with the batch that was not committed.
/// </summary>
public sealed class BulkRun(PluraDb db, Filters filters, IEnumerable<IBulkKind> kinds, LiveContacts live, ILive bell, INotices notices, TimeProvider clock)
{
    public const string DoneKind = "bulk_done";

    public static string Topic(Guid action) => $"bulk:{action}";

    public IBulkKind Kind(string kind) => kinds.Single(k => k.Kind == kind);

    public async Task Run(Guid id, bool tell, CancellationToken ct)
    {
        while (await Step(id, tell, ct))
        {
        }
    }

    /// <summary>The contacts that fit now, once.</summary>
    public async Task<Result<int>> Choose(BulkAction action, ContactFilter filter, CancellationToken ct)
    {
        var where = await filters.Compile(filter, "filter", 0, ct);
        if (where.Refusal is { } refusal)
            return refusal;
        return await Choose(action, where.Value.Sql, where.Value.Parameters, ct);
    }

    /// <summary>Those of them that are there.</summary>
    public Task<int> Choose(BulkAction action, Guid[] ids, CancellationToken ct) => Choose(action, "c.id = any(@chosen)", [new NpgsqlParameter("chosen", ids)], ct);

    private async Task<int> Choose(BulkAction action, string where, IEnumerable<NpgsqlParameter> parameters, CancellationToken ct)
    {
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandTimeout = 0;
        command.CommandText = $"""
            with chosen as (
                insert into contacts.bulk_batch (tenant_id, bulk_action_id, number, state, contacts, changed, before)
                select @tenant, @action, n.number, {BulkBatch.Waiting}, array_agg(n.id order by n.id), array[]::uuid[], array[]::text[]
                from (select c.id, ((row_number() over (order by c.id) - 1) / @batch)::int as number from contacts.contact c where c.tenant_id = @tenant and {where}) n
                group by n.number
                returning cardinality(contacts) as size)
            select coalesce(sum(size), 0)::int from chosen
            """;
        command.Parameters.AddRange(parameters.ToArray());
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("action", action.Id);
        command.Parameters.AddWithValue("batch", Kind(action.Kind).Batch);
        var total = (int)(await command.ExecuteScalarAsync(ct))!;
        await Mark(action.Id, s => s.SetProperty(a => a.Chosen, true).SetProperty(a => a.Total, total), ct);
        return total;
    }

    /// <summary>One transaction; false once there is nothing left to do.</summary>
    private async Task<bool> Step(Guid id, bool tell, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Locked: an action is at work once, however often its job is delivered.
        var action = await db.BulkActions.FromSql($"select * from contacts.bulk_action where tenant_id = {db.Tenant.Id} and id = {id} for update").AsNoTracking().SingleAsync(ct);
        var more = action.State switch
        {
            BulkAction.Running when !action.Chosen => await Choose(action, ct),
            BulkAction.Running => await Do(action, tell, ct),
            BulkAction.Undoing => await Undo(action, ct),
            _ => false,
        };
        await bell.Changed(Topic(id), ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return more;
    }

    private async Task<bool> Choose(BulkAction action, CancellationToken ct)
    {
        _ = (await Choose(action, ContactFilter.Read(action.Filter).Value, ct)).Value;
        return true;
    }

    private async Task<bool> Do(BulkAction action, bool tell, CancellationToken ct)
    {
        var kind = Kind(action.Kind);
        if (await Next(action, BulkBatch.Waiting, ct) is not { } batch)
        {
            var now = clock.GetUtcNow();
            await Mark(action.Id, s => s.SetProperty(a => a.State, BulkAction.Done).SetProperty(a => a.FinishedAt, now), ct);
            if (tell && action.StartedById is { } person && action.StartedByKind == ActorKind.User)
            {
                notices.PostTo(person, DoneKind, $"Finished: {BulkWords.Of(kind, action)}.", $"contacts/bulk/{action.Id}");
                await db.SaveChangesAsync(ct);
            }

            return false;
        }

        var changed = await kind.Do(action, batch.Contacts, ct);
        var (who, before) = (changed.Select(c => c.ContactId).ToArray(), changed.Select(c => c.Before).ToArray());
        await Of(batch).ExecuteUpdateAsync(s => s.SetProperty(b => b.State, BulkBatch.Done).SetProperty(b => b.Changed, who).SetProperty(b => b.Before, before), ct);
        await Mark(action.Id, s => s.SetProperty(a => a.Reached, a => a.Reached + batch.Contacts.Length).SetProperty(a => a.Changed, a => a.Changed + who.Length), ct);
        await live.Changed(ct);
        return true;
    }

    private async Task<bool> Undo(BulkAction action, CancellationToken ct)
    {
        var kind = Kind(action.Kind);
        if (await Next(action, BulkBatch.Done, ct) is not { } batch)
        {
            var now = clock.GetUtcNow();
            await Mark(action.Id, s => s.SetProperty(a => a.State, BulkAction.Undone).SetProperty(a => a.UndoneAt, now), ct);
            return false;
        }

        var back = batch.Changed.Length == 0 ? [] : await kind.Undo(action, batch.Read(), ct);
        // What they had is not needed any more.
        await Of(batch).ExecuteUpdateAsync(s => s.SetProperty(b => b.State, BulkBatch.Undone).SetProperty(b => b.Before, Array.Empty<string?>()), ct);
        await Mark(action.Id, s => s.SetProperty(a => a.Reached, a => a.Reached + batch.Changed.Length).SetProperty(a => a.PutBack, a => a.PutBack + back.Count), ct);
        await live.Changed(ct);
        return true;
    }

    private Task<BulkBatch?> Next(BulkAction action, short state, CancellationToken ct) =>
        db.BulkBatches.AsNoTracking().Where(b => b.BulkActionId == action.Id && b.State == state).OrderBy(b => b.Number).FirstOrDefaultAsync(ct);

    private IQueryable<BulkBatch> Of(BulkBatch batch) => db.BulkBatches.Where(b => b.BulkActionId == batch.BulkActionId && b.Number == batch.Number);

    private Task Mark(Guid id, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<BulkAction>> set, CancellationToken ct) =>
        db.BulkActions.Where(a => a.Id == id).ExecuteUpdateAsync(set, ct);
}

/// <summary>A bulk action in words.</summary>
public static class BulkWords
{
    public static string Of(IBulkKind kind, BulkAction action) => $"{kind.Words(action.ReadValue())}: {Ui.Say.Count(action.Total, "contact")}";
}
