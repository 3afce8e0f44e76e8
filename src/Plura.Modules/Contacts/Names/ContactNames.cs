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

/// <summary>Companies, by their names.</summary>
public sealed class CompanyNamed(PluraDb db) : INameThings
{
    public string Kind => "company";

    public string Gone => "a company that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<Company>().AsNoTracking().Where(c => c.TenantId == db.Tenant.Id && ids.Contains(c.Id)).Select(c => new { c.Id, c.Name })
            .ToDictionaryAsync(c => c.Id, c => new NamedThing(c.Name, $"companies/{c.Id}"), ct);
}

/// <summary>Fields of the account's own, by their labels.</summary>
public sealed class FieldNamed(PluraDb db) : INameThings
{
    public string Kind => "field";

    public string Gone => "a field that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<CustomField>().AsNoTracking().Where(f => f.TenantId == db.Tenant.Id && ids.Contains(f.Id)).Select(f => new { f.Id, f.Label })
            .ToDictionaryAsync(f => f.Id, f => new NamedThing(f.Label, $"settings/fields?field={f.Id}"), ct);
}

/// <summary>Smart lists, by their names.</summary>
public sealed class ListNamed(PluraDb db) : INameThings
{
    public string Kind => "smart_list";

    public string Gone => "a list that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<SmartList>().AsNoTracking().Where(s => s.TenantId == db.Tenant.Id && ids.Contains(s.Id)).Select(s => new { s.Id, s.Name })
            .ToDictionaryAsync(s => s.Id, s => new NamedThing(s.Name, $"contacts?list={s.Id}"), ct);
}

/// <summary>Kept columns of imports, by their names.</summary>
public sealed class MappingNamed(PluraDb db) : INameThings
{
    public string Kind => "kept_mapping";

    public string Gone => "of a file";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<KeptMapping>().AsNoTracking().Where(m => m.TenantId == db.Tenant.Id && ids.Contains(m.Id)).Select(m => new { m.Id, m.Name })
            .ToDictionaryAsync(m => m.Id, m => new NamedThing(m.Name, $"contacts/import?kept={m.Id}"), ct);
}
