using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>Forms in a contact's story.</summary>
public sealed class FormTimeline(PluraDb db) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var rows = await db.FormSubmissions.Where(s => s.ContactId == contactId && s.At < before).OrderByDescending(s => s.At).Take(limit)
            .Join(db.Forms, s => s.FormId, f => f.Id, (s, f) => new { s.Id, s.At, s.Ticked, s.WaitsFor, s.ConfirmedAt, s.FormId, f.Name }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.At).Select(r => new TimelineEntry(
            r.Id, r.At, "form", "forms", $"Filled in “{r.Name}”",
            r.Ticked.Count == 0 ? "They ticked no box, so no permission was recorded." : r.WaitsFor is not null && r.ConfirmedAt is null ? "Their permission waits until they confirm it by e-mail." : "Their permission is on record, with the words they saw.",
            $"sites/forms/{r.FormId}/answers"))];
    }
}
