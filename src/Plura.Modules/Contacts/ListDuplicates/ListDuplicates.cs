using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What the last search found: groups of contacts that look like the same person, and that nobody has told apart.</summary>
public sealed record ListDuplicates
{
    public const int Most = 50;

    /// <summary><c>email</c>, <c>phone</c> or <c>name</c>; null for all.</summary>
    [RegularExpression("email|phone|name", ErrorMessage = "Duplicates are found by “email”, “phone” or “name”.")]
    public string? By { get; set; }

    /// <summary>Only groups of which somebody came in by this import, or was changed by it.</summary>
    public Guid? Import { get; set; }

    public string? Cursor { get; set; }

    [Range(1, Most, ErrorMessage = "A page holds between 1 and 50 groups.")]
    public int Limit { get; set; } = 10;
}

/// <param name="Id">The same for as long as the group is.</param>
/// <param name="By">What they share: <c>email</c>, <c>phone</c>, <c>name</c> (the same name and company).</param>
/// <param name="Contacts">At most <see cref="ListDuplicatesHandler.Shown"/> of them, the oldest first.</param>
/// <param name="Count">How many they are.</param>
public sealed record DuplicateGroup(Guid Id, IReadOnlyList<string> By, IReadOnlyList<ContactView> Contacts, int Count);

/// <param name="SearchedAt">When the last search ended; null where there was none.</param>
/// <param name="Searching">Whether one is at work.</param>
/// <param name="Failure">Why the last search was given up.</param>
public sealed record DuplicatePage(IReadOnlyList<DuplicateGroup> Items, string? Next, DateTimeOffset? SearchedAt, bool Searching, string? Failure = null);

public sealed class ListDuplicatesHandler(PluraDb db, ReadContact contacts)
{
    public const int Shown = 8;

    /// <summary>How often one page goes on behind groups that have come apart.</summary>
    private const int MostLooks = 30;

    private static readonly string[] Marks = ["email", "phone", "name"];

    public async Task<Result<DuplicatePage>> Handle(ListDuplicates query, CancellationToken ct)
    {
        if (query.Invalid() is { } invalid)
            return invalid;
        if (query.Cursor is not null && !Guid.TryParseExact(query.Cursor, "N", out _))
            return Refusal.Invalid("cursor.invalid", "This page link no longer works. Start from the first page.", nameof(query.Cursor));
        // First: of a search that ends in between, its groups are shown, or that it goes on; never the groups of the one before as if nothing were to come.
        var search = await db.DuplicateSearches.AsNoTracking().SingleOrDefaultAsync(ct);
        var after = query.Cursor is { } cursor ? Guid.ParseExact(cursor, "N") : Guid.Empty;
        var (items, more) = (new List<DuplicateGroup>(), true);
        // A group of which nobody is alike any more makes room for the next one.
        for (var look = 0; look < MostLooks && more && items.Count < query.Limit; look++)
        {
            var room = query.Limit - items.Count;
            var groups = await Groups(query, after, room + 1, ct);
            (more, after) = (groups.Count > room, groups.Take(room).LastOrDefault(after));
            items.AddRange(await Read([.. groups.Take(room)], ct));
        }

        return new DuplicatePage(items, more ? after.ToString("N") : null, search is { Failure: null } ? search.FinishedAt : null, search is { FinishedAt: null }, search?.Failure);
    }

    private async Task<List<DuplicateGroup>> Read(Guid[] groups, CancellationToken ct)
    {
        var items = new List<DuplicateGroup>();
        foreach (var group in (await Pairs(groups, ct)).GroupBy(p => p.GroupId).OrderBy(g => g.Key))
        {
            var ids = group.SelectMany(p => (Guid[])[p.FirstId, p.SecondId]).Distinct().Order().ToList();
            var views = await contacts.Many([.. ids.Take(Shown)], ct);
            if (ids.Count > Shown)
                items.Add(new DuplicateGroup(group.Key, [.. By(group)], views, ids.Count));
            else if (Still(group, views) is { Count: > 1 } alike)
                items.Add(new DuplicateGroup(group.Key, [.. Marks.Where(mark => group.Any(p => Alike(p, views, mark)))], [.. views.Where(v => alike.Contains(v.Id))], alike.Count));
        }

        return items;
    }

    /// <summary>Whether a search waits or is at work.</summary>
    public Task<bool> Searching(CancellationToken ct) => db.DuplicateSearches.AnyAsync(s => s.FinishedAt == null, ct);

    /// <summary>In how many groups somebody stands who came in by an import; more than <paramref name="most"/> are not counted.</summary>
    public async Task<int> Count(Guid import, int most, CancellationToken ct) => (await Groups(new ListDuplicates { Import = import }, Guid.Empty, most, ct)).Count;

    private async Task<List<Guid>> Groups(ListDuplicates query, Guid after, int most, CancellationToken ct)
    {
        var (email, phone, name) = (query.By is null or "email", query.By is null or "phone", query.By is null or "name");
        return await db.Database.SqlQuery<Guid>($"""
            select d.group_id as "Value" from contacts.duplicate d
            where d.tenant_id = {db.Tenant.Id} and d.group_id > {after} and (d.by_email and {email} or d.by_phone and {phone} or d.by_name and {name})
              and not exists (select from contacts.not_same n where n.tenant_id = d.tenant_id and n.first_id = d.first_id and n.second_id = d.second_id)
              and ({query.Import is null} or exists (
                select from contacts.import i
                where i.tenant_id = d.tenant_id and i.id = {query.Import ?? Guid.Empty}
                  and (d.first_id between i.first_id and i.last_id or d.second_id between i.first_id and i.last_id
                       or exists (select from contacts.import_change h where h.tenant_id = d.tenant_id and h.import_id = i.id and h.contact_id in (d.first_id, d.second_id)))))
            group by d.group_id order by d.group_id limit {most}
            """).ToListAsync(ct);
    }

    private async Task<List<Duplicate>> Pairs(Guid[] groups, CancellationToken ct)
    {
        var apart = db.NotSame;
        return await db.DuplicatePairs.AsNoTracking()
            .Where(d => groups.Contains(d.GroupId) && !apart.Any(n => n.FirstId == d.FirstId && n.SecondId == d.SecondId))
            .OrderBy(d => d.GroupId).ThenBy(d => d.FirstId).ToListAsync(ct);
    }

    /// <summary>Somebody may have changed them since the search: those who still share something with one of the others.</summary>
    private static HashSet<Guid> Still(IEnumerable<Duplicate> pairs, IReadOnlyList<ContactView> views) =>
        [.. pairs.Where(p => Array.Exists(Marks, mark => Alike(p, views, mark))).SelectMany(p => (Guid[])[p.FirstId, p.SecondId])];

    private static bool Alike(Duplicate pair, IReadOnlyList<ContactView> views, string mark)
    {
        if (views.FirstOrDefault(v => v.Id == pair.FirstId) is not { } first || views.FirstOrDefault(v => v.Id == pair.SecondId) is not { } second)
            return false;
        return mark switch
        {
            "email" => first.Emails.Any(a => second.Emails.Any(b => a.Normal == b.Normal)),
            "phone" => first.Phones.Any(a => second.Phones.Any(b => a.Normal == b.Normal)),
            _ => pair.ByName && first.CompanyId is { } company && company == second.CompanyId && ContactText.Fold(first.Name) == ContactText.Fold(second.Name),
        };
    }

    private static IEnumerable<string> By(IEnumerable<Duplicate> pairs)
    {
        var all = pairs.ToList();
        if (all.Exists(p => p.ByEmail))
            yield return "email";
        if (all.Exists(p => p.ByPhone))
            yield return "phone";
        if (all.Exists(p => p.ByName))
            yield return "name";
    }
}

public static class ListDuplicatesEndpoint
{
    public static void MapListDuplicates(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/contacts/duplicates", async (string? by, string? cursor, int? limit, ListDuplicatesHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ListDuplicates { By = by, Cursor = cursor, Limit = limit ?? 10 }, ct)).Answer(Microsoft.AspNetCore.Http.Results.Ok))
            .RequirePermission("contacts.merge").WithName("ListDuplicates").ReadsPersonalData("contacts.list_duplicates");
}
