using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes a change of many contacts back: few at once, many in the background. What somebody changed since is left alone.</summary>
public sealed record UndoBulkAction(Guid Id);

public sealed class UndoBulkActionHandler(PluraDb db, ReadBulkActions actions, BulkRun run, Actor actor, IAudit audit)
{
    public async Task<Result<BulkAction>> Handle(UndoBulkAction command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await actions.Mine(command.Id, ct) is not { } found)
            return ReadBulkActions.Missing;
        if (!actor.May(run.Kind(found.Kind).UndoPermission))
            return Refusal.Forbidden("permission.missing", "You may look at this change, not take it back. Ask somebody who may bring contacts back.");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var action = await db.BulkActions.FromSql($"select * from contacts.bulk_action where tenant_id = {db.Tenant.Id} and id = {command.Id} for update").SingleAsync(ct);
        await db.Entry(action).ReloadAsync(ct);
        if (action.State is BulkAction.Undone or BulkAction.Undoing)
            return Refusal.Conflict("bulk.undone", "This change was taken back already.", action.Id);
        if (action.State == BulkAction.Running)
            return Refusal.Conflict("bulk.running", "This change is at work. Wait until it has finished.", action.Id);
        if (action.State == BulkAction.Asked)
            return Refusal.Conflict("bulk.nothing", "This change was never started, so there is nothing to take back.", action.Id);
        action.StartUndo(actor);
        var few = action.Total <= DeleteContact.Most;
        if (!few)
            await db.EnqueueAgain(new BulkActionJob(action.Id), ct);
        audit.Note("contacts.undo_bulk_action", action.Id);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        if (few)
            await run.Run(action.Id, tell: false, ct);
        await transaction.CommitAsync(ct);
        return await db.BulkActions.AsNoTracking().SingleAsync(a => a.Id == command.Id, ct);
    }
}
