using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>Names of forms for the audit log.</summary>
public sealed class FormNames(PluraDb db) : INameThings
{
    public string Kind => "form";

    public string Gone => "a form that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Forms.AsNoTracking().Where(f => f.TenantId == db.Tenant.Id && ids.Contains(f.Id)).Select(f => new { f.Id, f.Name })
            .ToDictionaryAsync(f => f.Id, f => new NamedThing($"“{f.Name}”", $"sites/forms/{f.Id}"), ct);
}
