using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Holds a contact's row until the caller's transaction ends.</summary>
internal static class ContactRows
{
    /// <summary>The contact, whom nobody else changes meanwhile: what was read is what is written over. Null where there is none.</summary>
    public static Task<Contact?> ToChange(PluraDb db, Guid id, CancellationToken ct) =>
        db.Contacts.FromSql($"select * from contacts.contact where tenant_id = {db.Tenant.Id} and id = {id} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>
    /// True where the contact is there and stays meanwhile: a merge and a deletion wait, so that what is added here is found by them. For rows
    /// without a foreign key, which outlive a contact in the bin.
    /// </summary>
    public static async Task<bool> Stay(PluraDb db, Guid id, CancellationToken ct) =>
        (await db.Database.SqlQuery<Guid>($"""select id as "Value" from contacts.contact where tenant_id = {db.Tenant.Id} and id = {id} for key share""").ToListAsync(ct)).Count > 0;
}
