using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Tells open contact lists that something changed, when the transaction commits.</summary>
public sealed class LiveContacts(PluraDb db)
{
    public Task Changed(CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_notify('plura_live', {db.Tenant.Id.ToString() + " contacts"})", ct);
}
