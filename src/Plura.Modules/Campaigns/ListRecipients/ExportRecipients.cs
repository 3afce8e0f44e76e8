using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>The recipients, with the reason for each, as a file for a spreadsheet.</summary>
public sealed class ExportRecipientsHandler(PluraDb db, ListRecipientsHandler list, IAudit audit)
{
    public async Task<Result<RecipientRows>> Handle(ListRecipients command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var first = await list.Handle(command with { Cursor = null, Limit = 500 }, ct);
        if (first.Refusal is { } refused)
            return refused;
        // On record before the first byte leaves.
        audit.Note("campaigns.export_recipients", command.Id);
        await db.SaveChangesAsync(ct);
        return new RecipientRows(Rows(command, first.Value, ct));
    }

    private async IAsyncEnumerable<string> Rows(ListRecipients command, Page<RecipientView> page, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return "Name,E-mail,State,Reason,In words,At";
        while (true)
        {
            foreach (var row in page.Items)
                yield return Csv.Line([row.Name, row.Email, row.State, row.Reason, row.Why, row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)], numbers: false);
            if (page.Next is null)
                yield break;
            page = (await list.Handle(command with { Cursor = page.Next, Limit = 500 }, ct)).Value;
        }
    }
}

/// <summary>The lines of the file, read page by page while they are sent.</summary>
public sealed record RecipientRows(IAsyncEnumerable<string> Lines);

public static class ExportRecipientsEndpoint
{
    public static void MapExportRecipients(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/a/{account}/campaigns/{id:guid}/recipients.csv", Export).WithName("ExportRecipients").RequirePermission("campaigns.export").Fresh(back: "/a/{account}/campaigns/{id}/recipients").ReadsPersonalData("campaigns.export_recipients");
        routes.MapGet("/api/v1/campaigns/{id:guid}/recipients.csv", Export).WithName("ExportRecipientsByApi").RequirePermission("campaigns.export").ReadsPersonalData("campaigns.export_recipients");
    }

    private static async Task<IResult> Export(Guid id, string? state, string? reason, ExportRecipientsHandler handler, CancellationToken ct) =>
        (await handler.Handle(new ListRecipients(id, state, reason, null), ct)).Answer(rows => Results.Stream(
            async stream =>
            {
                await using var text = Csv.Writer(stream);
                await foreach (var row in rows.Lines.WithCancellation(ct))
                    await text.WriteLineAsync(row);
            },
            "text/csv; charset=utf-8", "recipients.csv"));
}
