using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Bulk actions as people see them: all of the account's, or where their sight is narrowed their own.</summary>
public sealed class ReadBulkActions(PluraDb db, Tenant tenant, Actor actor)
{
    /// <summary>How many the page lists.</summary>
    public const int Most = 100;

    public static readonly Refusal Missing = Refusal.NotFound("bulk.unknown", "There is no such change.");

    public Task<BulkAction?> Mine(Guid id, CancellationToken ct) => Visible().SingleOrDefaultAsync(a => a.Id == id, ct);

    public Task<List<BulkAction>> Newest(CancellationToken ct) =>
        Visible().Where(a => a.State != BulkAction.Asked).OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Take(Most).ToListAsync(ct);

    private IQueryable<BulkAction> Visible() =>
        tenant.Assignees is null ? db.BulkActions.AsNoTracking() : db.BulkActions.AsNoTracking().Where(a => a.StartedById == actor.Id);
}

/// <summary>Bulk actions for the audit log: what was done, to how many.</summary>
public sealed class BulkActionNames(PluraDb db, IEnumerable<IBulkKind> kinds) : INameThings
{
    public string Kind => "bulk_action";

    public string Gone => "many contacts";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (await db.BulkActions.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct))
            .ToDictionary(a => a.Id, a => new NamedThing(BulkWords.Of(kinds.Single(k => k.Kind == a.Kind), a), $"contacts/bulk/{a.Id}"));
}
