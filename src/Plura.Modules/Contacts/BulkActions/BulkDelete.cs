using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Moves many contacts to the bin, through the very handlers that do it for one.</summary>
public sealed class BulkDelete(PluraDb db, DeleteContactHandler delete, RestoreContactHandler restore) : IBulkKind
{
    public string Kind => BulkAction.Delete;

    public string Permission => "contacts.delete";

    public string UndoPermission => "contacts.restore";

    public int Batch => 500;

    public string Words(BulkValue value) => "Move to the bin";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct)
    {
        var there = await db.Contacts.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct);
        if (there.Count > 0)
            _ = (await delete.Handle(new DeleteContact { Ids = there }, ct)).Value;
        db.ChangeTracker.Clear();
        return there.ConvertAll(id => new BulkChanged(id));
    }

    public async Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct)
    {
        var back = new List<Guid>();
        foreach (var (id, _) in changed)
        {
            // Refused where somebody else has the address now: that one stays in the bin.
            if ((await restore.Handle(new RestoreContact { Id = id }, ct)).Ok)
                back.Add(id);
        }

        db.ChangeTracker.Clear();
        return back;
    }
}
