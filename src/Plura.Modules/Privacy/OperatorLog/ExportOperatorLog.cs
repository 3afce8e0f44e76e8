using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>The installation's own log as a file, each entry with its number and hash in the chain.</summary>
public sealed class ExportOperatorLogHandler(PluraDb db, ListOperatorLogHandler list, ActivitySentences sentences, AuditSealer sealer, IAudit audit)
{
    private const int BatchSize = 500;

    /// <summary>Notes the export and seals what waits, before the first byte leaves.</summary>
    public async Task<Result> Begin(ListOperatorLog query, CancellationToken ct)
    {
        if ((await list.Handle(query with { Cursor = null, Limit = 1 }, ct)).Refusal is { } refusal)
            return refusal;
        audit.Note("operator.export_log", null, new Dictionary<string, string>(StringComparer.Ordinal) { ["scope"] = query.Query().Length > 0 ? "filtered" : "all" });
        await db.SaveChangesAsync(ct);
        await sealer.Seal(Guid.Empty, ct);
        return Result.Done;
    }

    public async Task Write(ListOperatorLog query, Stream output, CancellationToken ct)
    {
        await using var text = Csv.Writer(output);
        await text.WriteLineAsync(ActivityFile.Head);
        string? cursor = null;
        do
        {
            var page = (await list.Handle(query with { Cursor = cursor, Limit = BatchSize }, ct)).Value;
            var ids = page.Items.Select(e => e.Id).ToList();
            var links = await db.Set<OperatorAuditLink>().AsNoTracking().Where(l => ids.Contains(l.EntryId)).ToDictionaryAsync(l => l.EntryId, l => (l.Seq, l.Hash), ct);
            foreach (var line in await sentences.AtTheDesk(page.Items, ct))
                await text.WriteLineAsync(ActivityFile.Line(line, links.TryGetValue(line.Entry.Id, out var link) ? link : null));
            await text.FlushAsync(ct);
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}

public static class ExportOperatorLogEndpoint
{
    public static void MapExportOperatorLog(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/operator/log/export", async (HttpContext http, IFormCollection form, IAntiforgery antiforgery, ExportOperatorLogHandler handler, TimeProvider clock, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var query = ListOperatorLog.Read(form["person"], form["group"], form["about"], form["from"], form["to"]);
            if ((await handler.Begin(query, ct)).Refusal is { } refusal)
                return refusal.Problem();
            return Results.Stream(output => handler.Write(query, output, ct), "text/csv; charset=utf-8", $"installation-log-{clock.GetUtcNow():yyyy-MM-dd}.csv");
        }).DisableAntiforgery().WithName("ExportOperatorLog").RequirePermission("operator.log").Fresh(back: "/operator/log");
}
