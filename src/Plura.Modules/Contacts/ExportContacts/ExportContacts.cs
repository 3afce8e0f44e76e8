using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Writes the contacts of a filter, or the selected ones, as CSV: row by row, so that an account of any size fits.</summary>
public sealed class ExportContactsHandler(PluraDb db, ListContactsHandler list, ReadContact contacts, FieldBook fieldBook, IAudit audit)
{
    private const int BatchSize = 1000;

    /// <summary>So many leave at once, as a file that downloads; more are written in the background, and fetched when they are ready.</summary>
    public const int AtOnce = 5000;

    /// <summary>Checks the query and notes the export before the first byte leaves.</summary>
    public async Task<Result> Begin(ListContacts query, IReadOnlyList<Guid> selected, bool sensitive, CancellationToken ct)
    {
        if ((await list.Handle(query with { Cursor = null, Limit = 1 }, ct)).Refusal is { } refusal)
            return refusal;
        var scope = selected.Count > 0 ? "selected" : query.Filter == ContactFilter.Everyone && query.Text is null ? "all" : "filtered";
        audit.Note("contacts.export", about: null, new Dictionary<string, string>(StringComparer.Ordinal) { ["scope"] = scope, ["selected"] = selected.Count.ToString(CultureInfo.InvariantCulture), ["sensitive"] = sensitive ? "yes" : "no" });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    /// <param name="query">Which contacts.</param>
    /// <param name="selected">Instead of the query: these.</param>
    /// <param name="sensitive">Also the fields that say something sensitive.</param>
    /// <param name="output">Where to.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Write(ListContacts query, IReadOnlyList<Guid> selected, bool sensitive, Stream output, CancellationToken ct)
    {
        await using var text = Csv.Writer(output);
        var lines = await ContactLines.Of(fieldBook, sensitive, ct);
        await text.WriteLineAsync(lines.Header);
        if (selected.Count > 0)
        {
            foreach (var batch in selected.Distinct().Chunk(BatchSize))
                await Lines(text, await contacts.Many(batch, ct), lines);
            return;
        }

        // All of them: what a page of the list looks at has a bound, a file has none.
        var found = await list.Search(query.Text, cap: null, ct);
        string? cursor = null;
        do
        {
            var page = (await list.Read(query with { Cursor = cursor, Limit = BatchSize }, found, ct)).Value;
            await Lines(text, page.Items, lines);
            await text.FlushAsync(ct);
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static async Task Lines(StreamWriter text, IEnumerable<ContactView> rows, ContactLines lines)
    {
        foreach (var row in rows)
            await text.WriteLineAsync(lines.Of(row));
    }
}

/// <summary>An export of more contacts than leave at once. A closed account has no background any more: there all leave at once.</summary>
public sealed class BackgroundExport(StartBulkActionHandler start, Filters filters, ListAddresses addresses, IAccountDirectory accounts, Tenant tenant)
{
    /// <summary>The action that writes the file; null where the contacts are few enough to leave at once.</summary>
    public async Task<Result<Guid>?> Begin(ListAddress list, bool sensitive, CancellationToken ct)
    {
        var filter = await addresses.Filter(list, withWords: true, ct);
        if (filter.Refusal is not null || (await filters.Count(filter.Value, ct)) is not { Ok: true, Value: > ExportContactsHandler.AtOnce } || await accounts.Account(tenant.Id, ct) is not { Closed: false })
            return null;
        var started = await start.Handle(new StartBulkAction { Do = BulkAction.Export, Filter = filter.Value, Sensitive = sensitive }, ct);
        return started.Refusal is { } refusal ? refusal : started.Value.Id;
    }
}

public static class ExportContactsEndpoint
{
    public static void MapExportContacts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/contacts/export", async (IFormCollection form, HttpContext http, IAntiforgery antiforgery, ExportContactsHandler handler, ListAddresses addresses, BackgroundExport background, TimeProvider clock, CancellationToken ct) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http))
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            var query = await addresses.Query(ListAddress.Read(form), ct);
            if (query.Refusal is { } notAQuery)
                return Back(http, form, notAQuery);
            var selected = form["Ids"].Select(id => Guid.TryParse(id, out var value) ? value : Guid.Empty).Where(id => id != Guid.Empty).ToList();
            var sensitive = form["Sensitive"] == "true";
            if (selected.Count == 0 && await background.Begin(ListAddress.Read(form), sensitive, ct) is { } action)
                return action.Refusal is { } wrong ? Back(http, form, wrong) : Results.LocalRedirect($"/a/{http.Request.RouteValues["account"]}/contacts/bulk/{action.Value}");
            if ((await handler.Begin(query.Value, selected, sensitive, ct)).Refusal is { } refusal)
                return Back(http, form, refusal);
            var name = $"contacts-{clock.GetUtcNow():yyyy-MM-dd}.csv";
            return Results.Stream(output => handler.Write(query.Value, selected, sensitive, output, ct), "text/csv; charset=utf-8", name);
        }).DisableAntiforgery().RequirePermission("contacts.export").Fresh(back: "/a/{account}/contacts").WithName("ExportContacts").StaysWhenClosed("Whoever leaves takes their data along.");

    /// <summary>A person goes back to the list, which refuses the same question with the same sentence; a program gets the sentence as it is.</summary>
    private static IResult Back(HttpContext http, IFormCollection form, Refusal refusal) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Results.LocalRedirect(ListAddress.Read(form).Href($"/a/{http.Request.RouteValues["account"]}/contacts"))
            : refusal.Problem();
}
