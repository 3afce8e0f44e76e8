using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>The account's own part of the audit log as a file, each entry with its number and hash in the chain.</summary>
public sealed class ExportActivityHandler(PluraDb db, ListActivityHandler list, ActivitySentences sentences, AuditSealer sealer, IAudit audit)
{
    private const int BatchSize = 500;

    /// <summary>Notes the export and seals what waits, before the first byte leaves.</summary>
    public async Task<Result> Begin(ListActivity query, CancellationToken ct)
    {
        if ((await list.Handle(query with { Cursor = null, Limit = 1 }, ct)).Refusal is { } refusal)
            return refusal;
        audit.Note("account.export_activity", null, new Dictionary<string, string>(StringComparer.Ordinal) { ["scope"] = query.Query().Length > 0 ? "filtered" : "all" });
        await db.SaveChangesAsync(ct);
        await sealer.Seal(db.Tenant.Id, ct);
        return Result.Done;
    }

    public async Task Write(ListActivity query, Stream output, CancellationToken ct)
    {
        await using var text = Csv.Writer(output);
        await text.WriteLineAsync(ActivityFile.Head);
        string? cursor = null;
        do
        {
            var page = (await list.Handle(query with { Cursor = cursor, Limit = BatchSize }, ct)).Value;
            var ids = page.Items.Select(e => e.Id).ToList();
            var links = await db.Set<AuditLink>().AsNoTracking().Where(l => l.TenantId == db.Tenant.Id && ids.Contains(l.EntryId)).ToDictionaryAsync(l => l.EntryId, ct);
            foreach (var line in await sentences.Of(page.Items, ct))
                await text.WriteLineAsync(ActivityFile.Line(line, links.TryGetValue(line.Entry.Id, out var link) ? (link.Seq, link.Hash) : null));
            await text.FlushAsync(ct);
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}

public static class ExportActivityEndpoint
{
    public static void MapExportActivity(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/settings/activity/export", async (HttpContext http, IFormCollection form, IAntiforgery antiforgery, ExportActivityHandler handler, TimeProvider clock, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var query = ActivityFilters.Read(form["person"], form["group"], form["about"], form["from"], form["to"]);
            if ((await handler.Begin(query, ct)).Refusal is { } refusal)
                return refusal.Problem();
            return Results.Stream(output => handler.Write(query, output, ct), "text/csv; charset=utf-8", $"activity-{clock.GetUtcNow():yyyy-MM-dd}.csv");
        }).DisableAntiforgery().WithName("ExportActivity").RequirePermission("account.audit").Fresh(back: "/a/{account}/settings/activity").StaysWhenClosed("Whoever leaves takes their data along.");
}

/// <summary>Filters as they stand in an address or a form; what cannot be read is left out.</summary>
internal static class ActivityFilters
{
    public static ListActivity Read(string? person, string? group, string? about, string? from, string? to) => new()
    {
        Person = Guid.TryParse(person, out var who) ? who : null,
        Group = string.IsNullOrEmpty(group) ? null : group,
        About = Guid.TryParse(about, out var what) ? what : null,
        From = Day(from),
        To = Day(to),
    };

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000 ? day : null;
}
