using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Imports as the pages and the API show them.</summary>
public sealed class ReadImport(PluraDb db, StoredUploads uploads)
{
    public Task<Import?> One(Guid id, CancellationToken ct) => db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);

    /// <summary>The newest first; the cursor is the last id of the page before.</summary>
    public async Task<Page<Import>> Page(string? cursor, int limit, CancellationToken ct)
    {
        var before = Guid.TryParse(cursor, out var id) ? await One(id, ct) : null;
        var rows = await db.Imports.AsNoTracking()
            .Where(i => before == null || i.CreatedAt < before.CreatedAt || (i.CreatedAt == before.CreatedAt && i.Id < before.Id))
            .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(limit + 1).ToListAsync(ct);
        return new Page<Import>(rows.Count > limit ? rows[..limit] : rows, rows.Count > limit ? rows[limit - 1].Id.ToString() : null);
    }

    /// <summary>The first rows of the file, for the page on which columns are chosen; empty where the file is no longer kept.</summary>
    public CsvShape Shape(Import import)
    {
        var shape = import.ReadShape();
        if (!uploads.Exists(import.StoredAs))
            return shape;
        using var text = CsvShape.Text(uploads.Path(import.StoredAs), shape.Encoding);
        var records = shape.Open(text);
        List<IReadOnlyList<string>> samples = [];
        while (samples.Count < CsvShape.MostSamples && records.Read())
            samples.Add([.. Enumerable.Range(0, shape.Headers.Count).Select(i => records[i].Trim().ToString())]);
        return shape with { Samples = samples };
    }

    public Task<IReadOnlyList<PreviewRow>> Preview(Import import, CancellationToken ct) => Kept<PreviewRow>(StoredUploads.PreviewOf(import.StoredAs), ct);

    /// <summary>Why rows were left out or came in without something; empty where it is no longer kept.</summary>
    public Task<IReadOnlyList<RowReason>> Reasons(Import import, CancellationToken ct) => Kept<RowReason>(StoredUploads.ReasonsOf(import.StoredAs), ct);

    /// <summary>The error rows' file, or null where there are none or they are no longer kept.</summary>
    public string? Errors(Import import)
    {
        var name = StoredUploads.ErrorsOf(import.StoredAs);
        return import.State is Import.Done or Import.Undoing or Import.Undone && uploads.Exists(name) ? uploads.Path(name) : null;
    }

    /// <summary>How many rows stand in the error rows' file.</summary>
    public static int Problems(ImportCounts counts) => counts.Duplicate + counts.Suppressed + counts.Invalid + counts.Incomplete;

    private async Task<IReadOnlyList<T>> Kept<T>(string name, CancellationToken ct)
    {
        if (!uploads.Exists(name))
            return [];
        await using var file = System.IO.File.OpenRead(uploads.Path(name));
        return await JsonSerializer.DeserializeAsync<List<T>>(file, JsonSerializerOptions.Web, ct) ?? [];
    }
}
