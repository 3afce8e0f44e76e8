using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Names of contacts for the audit log.</summary>
public sealed class ContactNames(ReadContact contacts) : INameThings
{
    public string Kind => "contact";

    public string Gone => "a contact who is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (await contacts.Many([.. ids], ct)).ToDictionary(c => c.Id, c => new NamedThing(c.Name, $"contacts/{c.Id}"));
}

/// <summary>Imports, by the name of their file.</summary>
public sealed class ImportNames(PluraDb db) : INameThings
{
    public string Kind => "import";

    public string Gone => "a list";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<Import>().AsNoTracking().Where(i => i.TenantId == db.Tenant.Id && ids.Contains(i.Id)).Select(i => new { i.Id, i.FileName })
            .ToDictionaryAsync(i => i.Id, i => new NamedThing(i.FileName, $"contacts/import/{i.Id}"), ct);
}
