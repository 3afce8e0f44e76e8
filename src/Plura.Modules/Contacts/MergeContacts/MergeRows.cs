using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Nobody else changes the two while they become one, or two again.</summary>
internal static class MergeLocks
{
    /// <summary>Both rows, held in one order, so that two merges cannot wait for each other.</summary>
    public static Task<List<Contact>> Both(PluraDb db, Guid one, Guid other, CancellationToken ct) =>
        db.Contacts.FromSql($"select * from contacts.contact where tenant_id = {db.Tenant.Id} and id in ({one}, {other}) order by id for update").ToListAsync(ct);

    /// <summary>An import has looked its people up already, and would write to one that is gone.</summary>
    public static async Task<Refusal?> Importing(PluraDb db, CancellationToken ct)
    {
        var free = await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock_shared({ImportRun.LockClass}, hashtext({db.Tenant.Id.ToString()})) as "Value" """).SingleAsync(ct);
        return free ? null : Refusal.Conflict("merge.importing", "A list is being imported right now. Try again when that is finished; nothing has been changed.");
    }
}

/// <summary>Contacts' rows as they are kept for parting, without the transaction that wrote them: putting them back is a change like any other.</summary>
internal static class MergeRows
{
    public static async Task<string> Row(NpgsqlConnection connection, JoinedContacts joined, Guid id, CancellationToken ct) =>
        await connection.Ask(joined, "select (to_jsonb(c) - 'changed_in')::text from contacts.contact c where c.tenant_id = $1 and c.id = $4", ct, new NpgsqlParameter<Guid> { TypedValue = id });

    public static IReadOnlyList<ConsentAddress> Addresses(IEnumerable<ContactView> views) =>
        [.. views.SelectMany(v => v.Emails.Select(e => new ConsentAddress(e.Key, Channels.Email)).Concat(v.Phones.Select(p => new ConsentAddress(p.Key, Channels.Sms)))).Distinct()];
}
