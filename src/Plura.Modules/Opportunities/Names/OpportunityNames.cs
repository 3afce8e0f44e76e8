using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Names of opportunities for the audit log.</summary>
public sealed class OpportunityNames(PluraDb db) : INameThings
{
    public string Kind => "opportunity";

    public string Gone => "an opportunity that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Opportunities.AsNoTracking().Where(o => o.TenantId == db.Tenant.Id && ids.Contains(o.Id)).Select(o => new { o.Id, o.Name })
            .ToDictionaryAsync(o => o.Id, o => new NamedThing($"“{o.Name}”", $"opportunities/{o.Id}"), ct);
}

/// <summary>Names of pipelines, the same.</summary>
public sealed class PipelineNames(PluraDb db) : INameThings
{
    public string Kind => "pipeline";

    public string Gone => "a pipeline that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Pipelines.AsNoTracking().Where(p => p.TenantId == db.Tenant.Id && ids.Contains(p.Id)).Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => new NamedThing($"“{p.Name}”", $"settings/pipelines/{p.Id}"), ct);
}
