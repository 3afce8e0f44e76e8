using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Carries a bulk action on, in whichever direction it goes.</summary>
public sealed record BulkActionJob(Guid ActionId) : IJob;

[Work("A change of many contacts", Page = "contacts/bulk/{ActionId}")]
public sealed class BulkActionJobHandler(PluraDb db, BulkRun run, Tenant tenant, Actor actor, ILive live) : IJobHandler<BulkActionJob>, IKnowsItsEnd<BulkActionJob>
{
    public async Task Run(BulkActionJob job, CancellationToken ct)
    {
        if (await db.BulkActions.AsNoTracking().SingleOrDefaultAsync(a => a.Id == job.ActionId, ct) is not { State: BulkAction.Running or BulkAction.Undoing } action)
            return;
        action.ActAs(actor);
        // No further than whoever asked can see. Somebody else who takes it back sees the whole: nobody with a narrowed sight finds another's change.
        if (action.Assignees is { } assignees && (action.State == BulkAction.Running || action.UndoneById == action.StartedById))
            tenant.Narrow(assignees);
        await run.Run(action.Id, tell: true, ct);
    }

    public async Task GaveUp(BulkActionJob job, string why, CancellationToken ct)
    {
        if (await db.BulkActions.SingleOrDefaultAsync(a => a.Id == job.ActionId, ct) is not { State: BulkAction.Running or BulkAction.Undoing } action)
            return;
        action.BreakOff(why);
        await live.Changed(BulkRun.Topic(action.Id), ct);
    }

    public async Task Again(BulkActionJob job, CancellationToken ct)
    {
        if (await db.BulkActions.SingleOrDefaultAsync(a => a.Id == job.ActionId, ct) is not { State: BulkAction.Failed } action)
            return;
        action.Start();
        await live.Changed(BulkRun.Topic(action.Id), ct);
    }
}
