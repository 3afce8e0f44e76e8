using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Names of automations for the audit log.</summary>
public sealed class AutomationNames(PluraDb db) : INameThings
{
    public string Kind => "automation";

    public string Gone => "an automation that was deleted";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Automations.AsNoTracking().Where(a => ids.Contains(a.Id) && a.DeletedAt == null).Select(a => new { a.Id, a.Name })
            .ToDictionaryAsync(a => a.Id, a => new NamedThing($"“{a.Name}”", $"automations/{a.Id}"), ct);
}
