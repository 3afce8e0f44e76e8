using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Versions made ready to be walked. A version never changes, so what was read once holds.</summary>
public sealed class FlowShelf
{
    private const int Most = 2_000;
    private readonly ConcurrentDictionary<(Guid Tenant, Guid Automation, int Version), Route> routes = new();

    public async Task<Route> Route(PluraDb db, Guid automation, int version, CancellationToken ct)
    {
        var key = (db.Tenant.Id, automation, version);
        if (routes.TryGetValue(key, out var known))
            return known;
        var flow = await db.AutomationVersions.Where(v => v.AutomationId == automation && v.Number == version).Select(v => v.Flow).FirstAsync(ct);
        if (routes.Count >= Most)
            routes.Clear();
        return routes[key] = new Route(Flow.Read(flow));
    }
}
