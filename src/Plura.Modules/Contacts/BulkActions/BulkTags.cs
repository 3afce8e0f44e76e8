using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Puts one tag on many contacts, or takes it off them: each is the other's undo.</summary>
public abstract class BulkTags(PluraDb db, BulkStory story, TimeProvider clock)
{
    public string Permission => "contacts.edit";

    public int Batch => 5000;

    protected async Task<IReadOnlyList<Guid>> Put(BulkValue value, Guid[] ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tag = value.TagId!.Value;
        // The tag may have been deleted since; a contact in the bin is none.
        var changed = await db.Database.SqlQuery<Guid>($"""
            with put as (
                insert into contacts.contact_tag (tenant_id, contact_id, tag_id)
                select c.tenant_id, c.id, t.id from contacts.contact c join contacts.tag t on t.tenant_id = c.tenant_id and t.id = {tag}
                where c.tenant_id = {db.Tenant.Id} and c.id = any({ids})
                on conflict do nothing
                returning contact_id)
            update contacts.contact c set updated_at = {now} from put where c.tenant_id = {db.Tenant.Id} and c.id = put.contact_id
            returning c.id as "Value"
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
                delete from contacts.contact_tag t using contacts.contact c
                where t.tenant_id = {db.Tenant.Id} and t.tag_id = {tag} and t.contact_id = any({ids}) and c.tenant_id = t.tenant_id and c.id = t.contact_id
                returning t.contact_id)
            update contacts.contact c set updated_at = {now} from taken where c.tenant_id = {db.Tenant.Id} and c.id = taken.contact_id
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

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, Guid[] ids, CancellationToken ct) => Take(action.ReadValue(), ids, ct);
}

public sealed class BulkUntag(PluraDb db, BulkStory story, TimeProvider clock) : BulkTags(db, story, clock), IBulkKind
{
    public string Kind => BulkAction.Untag;

    public string Words(BulkValue value) => $"Remove the tag “{value.TagName}”";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct) =>
        [.. (await Take(action.ReadValue(), ids, ct)).Select(id => new BulkChanged(id))];

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, Guid[] ids, CancellationToken ct) => Put(action.ReadValue(), ids, ct);
}
