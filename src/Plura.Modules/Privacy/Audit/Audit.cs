using System.Text.Json;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>Adds the entry to the scope's context: it commits with the change that it tells of, or not at all.</summary>
public sealed class Audit(PluraDb db, Actor actor, AuditTrail trail, ActBook acts, TimeProvider clock) : IAudit
{
    /// <summary>The fact that says from where somebody came who does not belong to the account: <c>support</c>, <c>agency</c>.</summary>
    public const string FromFact = "from";

    public void Note(string act, Guid? about, IReadOnlyDictionary<string, string>? facts = null)
    {
        var draft = Draft(act, about, Outcomes.Done, facts);
        if (db.Tenant.Current is null)
            db.OperatorAuditEntries.Add(OperatorAuditEntry.Of(draft));
        else
            db.AuditEntries.Add(AuditEntry.Of(draft));
        trail.Note();
    }

    /// <summary>An entry by this scope's actor, from where the request came.</summary>
    internal AuditDraft Draft(string act, Guid? about, string outcome, IReadOnlyDictionary<string, string>? facts)
    {
        var now = clock.GetUtcNow();
        var said = new Dictionary<string, string>(facts ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        // Somebody who is none of the account's people must not read like one of them.
        if (actor.From is { } from)
            said[FromFact] = from;
        return new AuditDraft(
            Guid.CreateVersion7(now), CanonicalEvent.Storable(now), actor.Kind.ToString().ToLowerInvariant(), actor.Id, act, about, about is null ? null : acts.KindOf(act),
            trail.Network, trail.Session, outcome, JsonSerializer.Serialize(said));
    }
}

public static class Outcomes
{
    public const string Done = "done";
    public const string Refused = "refused";
}
