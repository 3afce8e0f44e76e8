using System.Text.Json;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>Adds the entry to the scope's context: it commits with the change that it tells of, or not at all.</summary>
public sealed class Audit(PluraDb db, Actor actor, TimeProvider clock) : IAudit
{
    public void Note(string act, Guid? about, IReadOnlyDictionary<string, string>? facts = null)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var text = JsonSerializer.Serialize(facts ?? new Dictionary<string, string>(StringComparer.Ordinal));
        if (db.Tenant.Current is null)
            db.OperatorAuditEntries.Add(OperatorAuditEntry.Of(id, now, actor, act, about, text));
        else
            db.AuditEntries.Add(AuditEntry.Of(id, now, actor, act, about, text));
    }
}
