using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>One page of companies by name, found by words; read by key and never by offset.</summary>
public sealed record ListCompanies
{
    [StringLength(200, ErrorMessage = "A search has at most 200 characters.")]
    public string? Text { get; set; }

    /// <summary><c>name</c> or <c>newest</c>.</summary>
    [RegularExpression("name|newest", ErrorMessage = "Companies can be sorted by “name” or “newest”.")]
    public string Sort { get; set; } = "name";

    public string? Cursor { get; set; }

    [Range(1, 200, ErrorMessage = "A page has between 1 and 200 companies.")]
    public int Limit { get; set; } = 50;
}

/// <param name="Capped">More than the search looks at were found; more letters would help.</param>
public sealed record CompanyPage(IReadOnlyList<CompanyView> Items, string? Next, bool Capped);

public sealed class ListCompaniesHandler(PluraDb db, ReadCompany companies)
{
    /// <summary>How many finds a search looks at before it sorts them.</summary>
    public const int SearchCap = 1000;

    public async Task<Result<CompanyPage>> Handle(ListCompanies query, CancellationToken ct)
    {
        if (query.Invalid() is { } invalid)
            return invalid;
        var from = ListCursor.Start(query.Sort);
        if (query.Cursor is not null)
        {
            if (ListCursor.Read(query.Cursor, query.Sort) is not { Back: false } given)
                return Refusal.Invalid("cursor.invalid", "This page link no longer works. Start from the first page.", nameof(query.Cursor));
            from = given;
        }

        var tenant = db.Tenant.Id;
        var rows = db.Companies.AsNoTracking().Where(c => c.TenantId == tenant);
        var words = ListContactsHandler.Words(query.Text);
        List<Guid>? found = null;
        if (words.Length > 0)
        {
            found = await db.Database.SqlQuery<Guid>($"""select company_id as "Value" from contacts.search_company({words}, {SearchCap})""").ToListAsync(ct);
            rows = rows.Where(c => found.Contains(c.Id));
        }

        var page = query.Sort == "name" ? await ByName(rows, from, query.Limit, ct) : await Newest(rows, from, query.Limit, ct);
        var more = page.Count > query.Limit;
        if (more)
            page.RemoveAt(page.Count - 1);
        return new CompanyPage(await companies.Many(page.ConvertAll(p => p.Id), ct), more ? from.Behind(page[^1].Id, page[^1].Key) : null, found?.Count >= SearchCap);
    }

    private static async Task<List<(Guid Id, object Key)>> ByName(IQueryable<Company> rows, ListCursor from, int limit, CancellationToken ct)
    {
        if (from is { Id: { } id, Key: string key })
            rows = rows.Where(c => EF.Functions.GreaterThan(ValueTuple.Create(c.Normal, c.Id), ValueTuple.Create(key, id)));
        return (await rows.OrderBy(c => c.Normal).ThenBy(c => c.Id).Take(limit + 1).Select(c => new { c.Id, c.Normal }).ToListAsync(ct)).ConvertAll(c => (c.Id, (object)c.Normal));
    }

    private static async Task<List<(Guid Id, object Key)>> Newest(IQueryable<Company> rows, ListCursor from, int limit, CancellationToken ct)
    {
        if (from is { Id: { } id, Key: DateTimeOffset key })
            rows = rows.Where(c => EF.Functions.LessThan(ValueTuple.Create(c.CreatedAt, c.Id), ValueTuple.Create(key, id)));
        return (await rows.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(limit + 1).Select(c => new { c.Id, c.CreatedAt }).ToListAsync(ct)).ConvertAll(c => (c.Id, (object)c.CreatedAt));
    }
}

public static class ListCompaniesEndpoint
{
    public static void MapListCompanies(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/companies", async (string? text, string? sort, string? cursor, int? limit, ListCompaniesHandler handler, CancellationToken ct) =>
        {
            var page = await handler.Handle(new ListCompanies { Text = text, Sort = sort ?? "name", Cursor = cursor, Limit = limit ?? 50 }, ct);
            return page.Answer(p => Results.Ok(new Page<CompanyView>(p.Items, p.Next)));
        }).RequirePermission("contacts.read").WithName("ListCompanies");
}
