using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Puts one tag on many contacts, or takes it off them: each is the other's undo.</summary>
public abstract class BulkTags(PluraDb db, BulkStory story, TimeProvider clock)
{
    public string Permission => "contacts.edit";

    public int Batch => 5000;

    protected static Guid[] Ids(IReadOnlyList<BulkChanged> changed) => [.. changed.Select(c => c.ContactId)];

    protected async Task<IReadOnlyList<Guid>> Put(BulkValue value, Guid[] ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tag = value.TagId!.Value;
        // The contacts are read once. The tag may have been deleted since; a contact in the bin is none.
        var changed = await db.Database.SqlQuery<Guid>($"""
            with touched as (
                update contacts.contact c set updated_at = {now}, changed_in = pg_current_xact_id() from unnest({ids}) i (id)
                where c.tenant_id = {db.Tenant.Id} and c.id = i.id
                  and exists (select from contacts.tag t where t.tenant_id = {db.Tenant.Id} and t.id = {tag})
                  and not exists (select from contacts.contact_tag x where x.tenant_id = {db.Tenant.Id} and x.contact_id = i.id and x.tag_id = {tag})
                returning c.id)
            insert into contacts.contact_tag (tenant_id, contact_id, tag_id) select {db.Tenant.Id}, id, {tag} from touched
            on conflict do nothing
            returning contact_id as "Value"
            """).ToListAsync(ct);
        await story.Tell(changed, ContactChange.Tagged, "tag", value.TagName!, ct);
        return changed;
    }

    protected async Task<IReadOnlyList<Guid>> Take(BulkValue value, Guid[] ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tag = value.TagId!.Value;
        var changed = await db.Database.SqlQuery<Guid>($"""
            with taken as (
                delete from contacts.contact_tag t using unnest({ids}) i (id)
                where t.tenant_id = {db.Tenant.Id} and t.tag_id = {tag} and t.contact_id = i.id
                returning t.contact_id)
            update contacts.contact c set updated_at = {now}, changed_in = pg_current_xact_id() from taken where c.tenant_id = {db.Tenant.Id} and c.id = taken.contact_id
            returning c.id as "Value"
            """).ToListAsync(ct);
        await story.Tell(changed, ContactChange.Untagged, "tag", value.TagName!, ct);
        return changed;
    }
}

public sealed class BulkTag(PluraDb db, BulkStory story, TimeProvider clock) : BulkTags(db, story, clock), IBulkKind
{
    public string Kind => BulkAction.Tag;

    public string Words(BulkValue value) => $"Add the tag “{value.TagName}”";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct) =>
        [.. (await Put(action.ReadValue(), ids, ct)).Select(id => new BulkChanged(id))];

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct) => Take(action.ReadValue(), Ids(changed), ct);
}

public sealed class BulkUntag(PluraDb db, BulkStory story, TimeProvider clock) : BulkTags(db, story, clock), IBulkKind
{
    public string Kind => BulkAction.Untag;

    public string Words(BulkValue value) => $"Remove the tag “{value.TagName}”";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct) =>
        [.. (await Take(action.ReadValue(), ids, ct)).Select(id => new BulkChanged(id))];

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct) => Put(action.ReadValue(), Ids(changed), ct);
}
