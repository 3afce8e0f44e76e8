using Microsoft.EntityFrameworkCore;
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

    /// <summary>Up to which contact this run has come: the next batch begins behind it instead of reading all that is done already.</summary>
    private Guid reached;

    public static string Topic(Guid action) => $"bulk:{action}";

    public IBulkKind Kind(string kind) => kinds.Single(k => k.Kind == kind);

    public async Task Run(Guid id, bool tell, CancellationToken ct)
    {
        reached = Guid.Empty;
        while (await Step(id, tell, ct))
        {
        }
    }

    /// <summary>The contacts that fit now, once.</summary>
    public async Task<Result<int>> Choose(Guid id, ContactFilter filter, CancellationToken ct)
    {
        var where = await filters.Compile(filter, "filter", 0, ct);
        if (where.Refusal is { } refusal)
            return refusal;
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandTimeout = 0;
        command.CommandText = $"""
            insert into contacts.bulk_row (tenant_id, bulk_action_id, contact_id, state)
            select @tenant, @action, c.id, {BulkRow.Waiting} from contacts.contact c where c.tenant_id = @tenant and {where.Value.Sql}
            """;
        command.Parameters.AddRange(where.Value.Parameters.ToArray());
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("action", id);
        var total = await command.ExecuteNonQueryAsync(ct);
        await Mark(id, s => s.SetProperty(a => a.Chosen, true).SetProperty(a => a.Total, total), ct);
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
        _ = (await Choose(action.Id, ContactFilter.Read(action.Filter).Value, ct)).Value;
        return true;
    }

    private async Task<bool> Do(BulkAction action, bool tell, CancellationToken ct)
    {
        var kind = Kind(action.Kind);
        var ids = await Next(action, BulkRow.Waiting, kind.Batch, ct);
        if (ids.Length == 0)
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

        var changed = await kind.Do(action, ids, ct);
        var before = changed.ToDictionary(c => c.ContactId, c => c.Before);
        var states = Array.ConvertAll(ids, id => before.ContainsKey(id) ? BulkRow.Changed : BulkRow.AsItWas);
        // Side by side in one list: PostgreSQL does not know how long a list is, and would join two of them row by row.
        await db.Database.ExecuteSqlAsync($"""
            update contacts.bulk_row r set state = i.state, before = i.before
            from unnest({ids}, {states}, {Array.ConvertAll(ids, id => before.GetValueOrDefault(id))}) i (id, state, before)
            where r.tenant_id = {db.Tenant.Id} and r.bulk_action_id = {action.Id} and r.contact_id = i.id
            """, ct);
        await Mark(action.Id, s => s.SetProperty(a => a.Reached, a => a.Reached + ids.Length).SetProperty(a => a.Changed, a => a.Changed + before.Count), ct);
        await live.Changed(ct);
        return true;
    }

    private async Task<bool> Undo(BulkAction action, CancellationToken ct)
    {
        var kind = Kind(action.Kind);
        var ids = await Next(action, BulkRow.Changed, kind.Batch, ct);
        if (ids.Length == 0)
        {
            var now = clock.GetUtcNow();
            await Mark(action.Id, s => s.SetProperty(a => a.State, BulkAction.Undone).SetProperty(a => a.UndoneAt, now), ct);
            return false;
        }

        var back = (await kind.Undo(action, ids, ct)).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            update contacts.bulk_row set state = case when contact_id = any({back}) then {BulkRow.PutBack} else {BulkRow.Kept} end, before = null
            where tenant_id = {db.Tenant.Id} and bulk_action_id = {action.Id} and contact_id = any({ids})
            """, ct);
        await Mark(action.Id, s => s.SetProperty(a => a.Reached, a => a.Reached + ids.Length).SetProperty(a => a.PutBack, a => a.PutBack + back.Length), ct);
        await live.Changed(ct);
        return true;
    }

    private async Task<Guid[]> Next(BulkAction action, short state, int most, CancellationToken ct)
    {
        var ids = await db.BulkRows.Where(r => r.BulkActionId == action.Id && r.ContactId > reached && r.State == state).OrderBy(r => r.ContactId).Select(r => r.ContactId).Take(most).ToArrayAsync(ct);
        if (ids.Length > 0)
            reached = ids[^1];
        return ids;
    }

    private Task Mark(Guid id, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<BulkAction>> set, CancellationToken ct) =>
        db.BulkActions.Where(a => a.Id == id).ExecuteUpdateAsync(set, ct);
}

/// <summary>A bulk action in words.</summary>
public static class BulkWords
{
    public static string Of(IBulkKind kind, BulkAction action) => $"{kind.Words(action.ReadValue())}: {Ui.Say.Count(action.Total, "contact")}";
}
