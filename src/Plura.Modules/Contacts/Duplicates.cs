using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Finds the contact that already has an address, in the order that the account chose.</summary>
public sealed class Duplicates(PluraDb db)
{
    /// <summary>
    /// Until the transaction ends nobody else adds a contact with these addresses: two requests at the same moment would
    /// each find none. Always in one order, so that they cannot wait for each other.
    /// </summary>
    public async Task Hold(IReadOnlyList<ReadAddress> addresses, CancellationToken ct)
    {
        foreach (var key in addresses.Select(a => a.Key).Order())
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({key.ToString()}, 20558))", ct);
    }

    public async Task<ContactSettings> Settings(CancellationToken ct) =>
        await db.ContactSettings.AsNoTracking().SingleOrDefaultAsync(ct) ?? ContactSettings.Default();

    /// <summary>The oldest contact with one of the addresses; the account's first kind of address counts before the other.</summary>
    public async Task<Guid?> Find(IReadOnlyList<ReadAddress> addresses, Guid? except, ContactSettings settings, CancellationToken ct)
    {
        foreach (var kind in addresses.Select(a => a.Kind).Distinct().OrderByDescending(k => k == settings.MatchFirst))
        {
            var normals = addresses.Where(a => a.Kind == kind).Select(a => a.Normal).ToList();
            var found = await (
                from point in db.ContactPoints
                join contact in db.Contacts on new { point.TenantId, Id = point.ContactId } equals new { contact.TenantId, contact.Id }
                where point.Kind == kind && normals.Contains(point.Normal) && point.ContactId != (except ?? Guid.Empty)
                orderby contact.CreatedAt, contact.Id
                select (Guid?)contact.Id).FirstOrDefaultAsync(ct);
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>For whoever sees only a part: the sentence about an address whose contact is somebody else's, and no more.</summary>
    public async Task<Refusal?> Unseen(IReadOnlyList<ReadAddress> addresses, Guid? except, CancellationToken ct)
    {
        if (db.Tenant.Assignees is null || addresses.Count == 0)
            return null;
        var (kinds, normals) = (addresses.Select(a => a.Kind).ToArray(), addresses.Select(a => a.Normal).ToArray());
        var taken = await db.Database.SqlQuery<bool>($"""select contacts.address_is_taken({kinds}, {normals}, {except}::uuid) as "Value" """).SingleAsync(ct);
        return taken ? Refusal.Conflict("contact.somebody_elses", "Somebody else in your business looks after the contact with this address. Ask for it to be assigned to you.") : null;
    }

    public static Refusal Exists(Guid contact) => Refusal.Conflict("contact.exists", "You already have this contact.", contact);
}
