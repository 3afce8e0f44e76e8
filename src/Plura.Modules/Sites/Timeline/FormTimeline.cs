using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>Forms in a contact's story.</summary>
public sealed class FormTimeline(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Forms;

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var rows = await db.FormSubmissions.Where(s => s.ContactId == contactId && EF.Functions.LessThan(ValueTuple.Create(s.At, s.Id), ValueTuple.Create(from.At, from.Id))).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Take(limit)
            .Join(db.Forms, s => s.FormId, f => f.Id, (s, f) => new { s.Id, s.At, s.Ticked, s.WaitsFor, s.ConfirmedAt, s.FormId, f.Name }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Select(r => new TimelineEntry(
            r.Id, r.At, "form", "forms", $"Filled in “{r.Name}”",
            r.Ticked.Count == 0 ? "They ticked no box, so no permission was recorded." : r.WaitsFor is not null && r.ConfirmedAt is null ? "Their permission waits until they confirm it by e-mail." : "Their permission is on record, with the words they saw.",
            $"sites/forms/{r.FormId}/answers"))];
    }
}
