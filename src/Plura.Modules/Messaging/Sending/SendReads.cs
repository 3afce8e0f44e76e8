using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What became of an origin's sends: lines, one contact's story.</summary>
public sealed class SendReads(PluraDb db, IGate gate)
{
    /// <summary>Read by key (the contact point), which both indexes of an origin end with.</summary>
    public async Task<Page<SendLine>> List(string origin, Guid originId, SendFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var sends = db.Sends.AsNoTracking().Where(s => s.TenantId == db.Tenant.Id && s.Origin == origin && s.OriginId == originId);
        if (filter.State is { Length: > 0 } state)
        {
            var states = state switch
            {
                SendStates.Planned => (string[])[SendStates.Planned, SendStates.Claimed, SendStates.Intended],
                SendStates.Cancelled => [SendStates.Cancelled, SendStates.Skipped],
                _ => [state],
            };
            sends = state switch
            {
                "opened" => sends.Where(s => s.OpenedAt != null),
                "clicked" => sends.Where(s => s.ClickedAt != null),
                "unsubscribed" => sends.Where(s => s.UnsubscribedAt != null),
                _ => states.Length == 1 ? sends.Where(s => s.State == state) : sends.Where(s => states.Contains(s.State)),
            };
        }

        if (filter.Reason is { Length: > 0 } reason)
            sends = sends.Where(s => s.Reason == reason);
        if (Guid.TryParseExact(cursor, "N", out var after))
            sends = sends.Where(s => s.ContactPointId.CompareTo(after) > 0);
        var rows = await sends.OrderBy(s => s.ContactPointId).Take(limit + 1)
            .Select(s => new { s.ContactPointId, Line = new SendLine(s.Id, s.ContactId, s.State, s.Reason, s.FinishedAt ?? s.IntendedAt ?? s.PlannedAt) })
            .ToListAsync(ct);
        var next = rows.Count > limit ? rows[limit - 1].ContactPointId.ToString("N", CultureInfo.InvariantCulture) : null;
        return new Page<SendLine>([.. rows.Take(limit).Select(r => r.Line)], next);
    }

    /// <summary>One look at the end of an index, however many wait.</summary>
    public async Task<DateTimeOffset?> LastDue(string origin, Guid originId, CancellationToken ct) => await db.Sends
        .Where(s => s.TenantId == db.Tenant.Id && s.Origin == origin && s.OriginId == originId && (s.State == SendStates.Planned || s.State == SendStates.Deferred))
        .OrderByDescending(s => s.DueAt).Select(s => (DateTimeOffset?)s.DueAt).FirstOrDefaultAsync(ct);

    public async Task<SendStory?> Story(string origin, Guid originId, Guid contactId, CancellationToken ct)
    {
        var send = await db.Sends.AsNoTracking()
            .Where(s => s.TenantId == db.Tenant.Id && s.ContactId == contactId && s.Origin == origin && s.OriginId == originId)
            .OrderByDescending(s => s.PlannedAt).ThenByDescending(s => s.Id).FirstOrDefaultAsync(ct);
        if (send is null)
            return null;
        var decision = send.DecisionId is { } id ? await gate.Find(id, ct) : null;
        var attempts = await db.SendAttempts.AsNoTracking().Where(a => a.TenantId == db.Tenant.Id && a.SendId == send.Id).Select(a => a.At).ToListAsync(ct);
        var happenings = await db.SendHappenings.AsNoTracking().Where(e => e.TenantId == db.Tenant.Id && e.SendId == send.Id)
            .OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => new SendEvent(e.At, e.Kind, e.Detail, e.Robot)).ToListAsync(ct);
        List<SendEvent> story =
        [
            new(send.PlannedAt, "planned", null, null),
            .. attempts.Select(at => new SendEvent(at, "handed_off", null, null)),
            .. happenings,
        ];
        // Ends that no transport answered stand in the row alone: withheld, cancelled, a letter that could not be written.
        if (send is { State: SendStates.Withheld or SendStates.Cancelled or SendStates.Bounced, FinishedAt: { } end } && happenings.TrueForAll(e => e.Kind != send.State))
            story.Add(new SendEvent(end, send.State, send.Reason, null));
        var begun = send.Attempt > 0 ? send.MessageId : null;
        return new SendStory(send.Id, send.ContactId, send.State, begun, send.PlannedAt, decision, [.. story.OrderBy(e => e.At)]);
    }
}
