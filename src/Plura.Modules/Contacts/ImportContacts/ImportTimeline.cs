using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The imports in a contact's story: the one that made it, and those that changed it.</summary>
public sealed class ImportTimeline(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Changes;

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var (at, id) = from;
        var made = await db.Imports.AsNoTracking()
            .Where(i => i.FirstId <= contactId && i.LastId >= contactId && i.FinishedAt != null && EF.Functions.LessThan(ValueTuple.Create(i.FinishedAt.Value, i.Id), ValueTuple.Create(at, id)))
            .OrderByDescending(i => i.FinishedAt).ThenByDescending(i => i.Id).Take(limit)
            .Select(i => new { i.Id, i.FileName, i.FinishedAt, Before = (string?)null, After = (string?)null })
            .ToListAsync(ct);
        var changed = await (
            from change in db.ImportChanges.AsNoTracking()
            join import in db.Imports on new { change.TenantId, Id = change.ImportId } equals new { import.TenantId, import.Id }
            where change.ContactId == contactId && import.FinishedAt != null && EF.Functions.LessThan(ValueTuple.Create(import.FinishedAt.Value, import.Id), ValueTuple.Create(at, id))
            orderby import.FinishedAt descending, import.Id descending
            select new { import.Id, import.FileName, import.FinishedAt, Before = (string?)change.Before, After = (string?)change.After })
            .Take(limit).ToListAsync(ct);
        return
        [
            .. made.Concat(changed).OrderByDescending(e => e.FinishedAt).ThenByDescending(e => e.Id).Take(limit).Select(e => new TimelineEntry(
                e.Id, e.FinishedAt!.Value, "contact", "file-import",
                e.After is null ? $"Imported from “{e.FileName}”" : $"Brought up to date by the import of “{e.FileName}”",
                e.After is null ? null : Said(e.Before!, e.After),
                $"contacts/import/{e.Id}")),
        ];
    }

    private static string? Said(string before, string after)
    {
        var old = JsonSerializer.Deserialize<Dictionary<string, string?>>(before)!;
        var parts = JsonSerializer.Deserialize<Dictionary<string, string?>>(after)!
            .Where(a => a.Key is not ("sort_name" or "search_text" or "minor"))
            .Select(a => $"{ImportWords.Field(a.Key)}: {Quoted(old.GetValueOrDefault(a.Key))} became {Quoted(a.Value)}")
            .ToList();
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static string Quoted(string? value) => string.IsNullOrEmpty(value) ? "empty" : $"“{value}”";
}
