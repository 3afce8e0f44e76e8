using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>One page of opportunities, newest first, found by words and filters and read by key.</summary>
public sealed record ListOpportunities
{
    /// <summary>In the opportunity's name, or in its contact's name and addresses.</summary>
    [StringLength(200, ErrorMessage = "A search has at most 200 characters.")]
    public string? Text { get; set; }

    public Guid? Pipeline { get; set; }

    public Guid? Stage { get; set; }

    /// <summary><c>open</c>, <c>won</c>, <c>lost</c> or <c>abandoned</c>; null for all.</summary>
    [RegularExpression("open|won|lost|abandoned", ErrorMessage = "An opportunity is “open”, “won”, “lost” or “abandoned”.")]
    public string? Status { get; set; }

    public Guid? Owner { get; set; }

    public Guid? Contact { get; set; }

    /// <summary>Only open ones that stand in their stage longer than it allows.</summary>
    public bool Waiting { get; set; }

    /// <summary>Only those that are expected before this day: <c>2026-12-01</c>.</summary>
    public DateOnly? ExpectedBefore { get; set; }

    public string? Cursor { get; set; }

    [Range(1, 200, ErrorMessage = "A page has between 1 and 200 opportunities.")]
    public int Limit { get; set; } = 50;
}

/// <param name="Capped">True where a search by text found more than it looks at: these are some of them, and more letters find the others.</param>
public sealed record FoundOpportunities(IReadOnlyList<OpportunityView> Items, string? Next, bool Capped);

public sealed class ListOpportunitiesHandler(PluraDb db, ReadOpportunity opportunities, IContactDirectory contacts, AuditTrail trail, TimeProvider clock)
{
    /// <summary>How many names a search looks at, and of how many contacts it shows the opportunities: what bounds its time in a large account.</summary>
    public const int SearchCap = 1000;
    public const int MostContacts = 200;

    public async Task<Result<FoundOpportunities>> Handle(ListOpportunities query, CancellationToken ct)
    {
        if (query.Invalid() is { } invalid)
            return invalid;
        var rows = (query.Waiting ? db.WaitingOpportunities(clock.GetUtcNow()) : db.LiveOpportunities).AsNoTracking();
        if (query.Cursor is not null)
        {
            if (Read(query.Cursor) is not { } from)
                return Refusal.Invalid("cursor.invalid", "This page link no longer works. Start from the first page.", nameof(query.Cursor));
            var (at, id) = from;
            rows = rows.Where(o => o.CreatedAt < at || (o.CreatedAt == at && o.Id < id));
        }

        rows = Filter(rows, query);
        var capped = false;
        if (query.Text is not null)
            (rows, capped) = await Search(rows, query.Text, ct);
        var found = await rows.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Take(query.Limit + 1).ToListAsync(ct);
        var more = found.Count > query.Limit;
        if (more)
            found.RemoveAt(found.Count - 1);
        trail.Saw(found.Count);
        return new FoundOpportunities(await opportunities.Many(found, ct), more ? Write(found[^1]) : null, capped);
    }

    private static IQueryable<Opportunity> Filter(IQueryable<Opportunity> rows, ListOpportunities query)
    {
        if (query.Pipeline is { } pipeline)
            rows = rows.Where(o => o.PipelineId == pipeline);
        if (query.Stage is { } stage)
            rows = rows.Where(o => o.StageId == stage);
        if (query.Status is { } status)
            rows = rows.Where(o => o.Status == status);
        if (query.Owner is { } owner)
            rows = rows.Where(o => o.OwnerId == owner);
        if (query.ExpectedBefore is { } day)
            rows = rows.Where(o => o.CloseOn < day);
        return query.Contact is { } contact ? rows.Where(o => o.ContactId == contact) : rows;
    }

    private async Task<(IQueryable<Opportunity> Rows, bool Capped)> Search(IQueryable<Opportunity> rows, string text, CancellationToken ct)
    {
        var words = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var named = await db.Database.SqlQuery<Guid>($"""select opportunity_id as "Value" from opportunities.search_opportunity({words}, {SearchCap})""").ToListAsync(ct);
        var people = (await contacts.Search(text, MostContacts, ct)).Select(c => c.Id).ToList();
        return (rows.Where(o => named.Contains(o.Id) || people.Contains(o.ContactId)), named.Count >= SearchCap || people.Count >= MostContacts);
    }

    private static (DateTimeOffset At, Guid Id)? Read(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text))
            return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var key)
            ? (new DateTimeOffset(at, TimeSpan.Zero), key) : null;
    }

    private static string Write(Opportunity last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt.UtcTicks}|{last.Id:N}")));
}

public static class ListOpportunitiesEndpoint
{
    public static void MapListOpportunities(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/opportunities/search", async (ListOpportunities query, ListOpportunitiesHandler handler, CancellationToken ct) =>
            (await handler.Handle(query, ct)).Answer(Results.Ok))
            .RequirePermission("opportunities.read").WithName("SearchOpportunities").ReadsPersonalData("opportunities.list");
}
