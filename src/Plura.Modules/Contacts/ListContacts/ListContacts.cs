using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>One page of contacts: found by words and a filter, in one of three orders, read by key and never by offset.</summary>
public sealed record ListContacts
{
    public const int FewestLetters = 2;

    [StringLength(200, ErrorMessage = "A search has at most 200 characters.")]
    public string? Text { get; set; }

    public ContactFilter Filter { get; set; } = ContactFilter.Everyone;

    /// <summary><c>name</c>, <c>newest</c> or <c>changed</c>.</summary>
    [RegularExpression("name|newest|changed", ErrorMessage = "Contacts can be sorted by “name”, “newest” or “changed”.")]
    public string Sort { get; set; } = "newest";

    public string? Cursor { get; set; }

    [Range(1, 200, ErrorMessage = "A page has between 1 and 200 contacts.")]
    public int Limit { get; set; } = 50;
}

/// <param name="Capped">More than the search looks at were found; more letters would help.</param>
public sealed record ContactPage(IReadOnlyList<ContactView> Items, string? Next, string? Previous, bool Capped);

public sealed class ListContactsHandler(PluraDb db, Filters filters, ReadContact contacts, AuditTrail trail)
{
    /// <summary>How many finds a search looks at before it sorts them: what bounds its time in a large account.</summary>
    public const int SearchCap = 1000;

    /// <summary>
    /// So many contacts, in the list's order, PostgreSQL looks into before memory is asked who they are, or the index of words who has them: a list
    /// of many shows a page at once, also where nothing is in memory yet, and what many have is met soon. Whoever has rare words is in the index quickly.
    /// </summary>
    private const int Soon = 3000;

    /// <summary>So many times further where words were met so often that a page of them is expected there: nearer than finding all who have them and sorting those.</summary>
    private const int Further = 8;

    public async Task<Result<ContactPage>> Handle(ListContacts query, CancellationToken ct)
    {
        if (query.Invalid() is { } invalid)
            return invalid;
        var place = Words(query.Text).Length > 0 || await filters.Spares(query.Filter, ct) ? await Sparing(query, ct) : await Find(query, found: null, among: null, ct);
        if (place.Refusal is { } refusal)
            return refusal;
        // The contacts themselves are read once, however often was looked for them.
        var page = await Show(place.Value, ct);
        trail.Saw(page.Items.Count);
        return page;
    }

    /// <summary>The same without the bound on the page's size, for an export.</summary>
    /// <param name="query">Its text is not searched for again.</param>
    /// <param name="found">These and nobody else, as <see cref="Search"/> found them; null for everybody.</param>
    /// <param name="ct">Breaks it off.</param>
    public async Task<Result<ContactPage>> Read(ListContacts query, Guid[]? found, CancellationToken ct)
    {
        var place = await Find(query, found, among: null, ct);
        return place.Refusal is { } refusal ? refusal : await Show(place.Value, ct);
    }

    private async Task<Result<Place>> Sparing(ListContacts query, CancellationToken ct)
    {
        var soon = await Find(query, found: null, Soon, ct);
        if (!soon.Ok || IsFull(query, soon.Value))
            return soon;
        if (Words(query.Text).Length == 0)
            return await Find(query, await filters.Few(query.Filter, Soon, ct), among: null, ct);
        var seen = Soon;
        if (soon.Value.Ids.Count * Further > query.Limit)
        {
            seen *= Further;
            soon = await Find(query, found: null, seen, ct);
            if (!soon.Ok || IsFull(query, soon.Value))
                return soon;
        }

        if (!await GoesOn(query, seen, ct))
            return soon;
        // What was met in the list's order stands in it, whichever others the search looked at.
        Guid[]? found = await Search(query.Text, SearchCap, ct) is { } some ? [.. some.Union(soon.Value.Ids)] : null;
        var page = await Find(query, found, among: null, ct);
        return page.Ok ? page.Value with { Capped = found?.Length >= SearchCap } : page;
    }

    /// <summary>And going on in the direction that was asked for: those behind the last look cannot have a place on it.</summary>
    private static bool IsFull(ListContacts query, Place page) => page.Ids.Count == query.Limit && page.Next is not null && (query.Cursor is null || page.Previous is not null);

    private async Task<ContactPage> Show(Place place, CancellationToken ct) => new(await contacts.Many(place.Ids, ct), place.Next, place.Previous, place.Capped);

    /// <summary>Whether there are more contacts in this direction than were looked into.</summary>
    private async Task<bool> GoesOn(ListContacts query, int seen, CancellationToken ct)
    {
        var from = Start(query)!;
        await using var command = await Command(db, ct);
        command.CommandText = $"select exists (select from contacts.contact c where c.tenant_id = @tenant {Behind(from)} order by c.{from.Column} {from.Order}, c.id {from.Order} offset @among limit 1)";
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("among", seen);
        Begin(command, from);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Where the page begins; null where its cursor is none of ours.</summary>
    private static ListCursor? Start(ListContacts query) => query.Cursor is null ? ListCursor.Start(query.Sort) : ListCursor.Read(query.Cursor, query.Sort);

    /// <param name="query">Which contacts.</param>
    /// <param name="found">These and nobody else.</param>
    /// <param name="among">Only among so many, the next ones in the list's order, and of those only who has the words; without it nobody is asked for words here.</param>
    /// <param name="ct">Breaks it off.</param>
    private async Task<Result<Place>> Find(ListContacts query, Guid[]? found, int? among, CancellationToken ct)
    {
        if (Start(query) is not { } from)
            return Refusal.Invalid("cursor.invalid", "This page link no longer works. Start from the first page.", nameof(query.Cursor));
        var words = among is null ? [] : Words(query.Text);

        var where = await filters.Compile(query.Filter, "filter", 0, ct);
        if (where.Refusal is { } refusal)
            return refusal;

        await using var command = await Command(db, ct);
        command.CommandText = $"""
            select c.id, c.{from.Column}
            from {(among is null ? "contacts.contact c" : $"(select c.* from contacts.contact c where c.tenant_id = @tenant {Behind(from)} order by c.{from.Column} {from.Order}, c.id {from.Order} limit @among) c")}
            where c.tenant_id = @tenant and {where.Value.Sql}
              {(found is null ? "" : "and c.id = any(@found)")}
              {(words.Length == 0 ? "" : $"and ({string.Join(" and ", words.Select((_, at) => $"strpos(c.search_text, @word{at}) > 0"))} or strpos(c.search_text, @number) > 0)")}
              {Behind(from)}
            order by c.{from.Column} {from.Order}, c.id {from.Order}
            limit @limit
            """;
        command.Parameters.AddRange(where.Value.Parameters.ToArray());
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("limit", query.Limit + 1);
        if (among is { } few)
            command.Parameters.AddWithValue("among", few);
        if (found is not null)
            command.Parameters.AddWithValue("found", found);
        foreach (var (at, word) in words.Index())
            command.Parameters.AddWithValue($"word{at}", word);
        if (words.Length > 0)
            command.Parameters.AddWithValue("number", NpgsqlTypes.NpgsqlDbType.Text, (object?)ContactText.PhoneDigits(query.Text!) ?? DBNull.Value);
        Begin(command, from);
        var rows = new List<(Guid Id, object Key)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                rows.Add((reader.GetGuid(0), from.Column == "sort_name" ? reader.GetString(1) : await reader.GetFieldValueAsync<DateTimeOffset>(1, ct)));
        }

        var more = rows.Count > query.Limit;
        if (more)
            rows.RemoveAt(rows.Count - 1);
        if (from.Back)
            rows.Reverse();
        var next = rows.Count > 0 && (from.Back || more) ? from.Behind(rows[^1].Id, rows[^1].Key) : null;
        var previous = rows.Count > 0 && (from.Back ? more : from.Id is not null) ? from.Before(rows[0].Id, rows[0].Key) : null;
        return new Place(rows.ConvertAll(r => r.Id), next, previous);
    }

    /// <summary>Who stands on a page, before anybody is read.</summary>
    private sealed record Place(IReadOnlyList<Guid> Ids, string? Next, string? Previous, bool Capped = false);

    private static void Begin(NpgsqlCommand command, ListCursor from)
    {
        if (from.Id is not { } id)
            return;
        command.Parameters.AddWithValue("key", from.Key!);
        command.Parameters.AddWithValue("id", id);
    }

    private static string Behind(ListCursor from) => from.Id is null ? "" : $"and (c.{from.Column}, c.id) {from.Sign} (@key, @id)";

    /// <summary>The ids that the search finds; null where there is nothing to search for.</summary>
    public async Task<Guid[]?> Search(string? text, int? cap, CancellationToken ct)
    {
        var words = Words(text);
        if (words.Length == 0)
            return null;
        await using var command = await Command(db, ct);
        command.CommandText = "select contact_id from contacts.search_contact(@words, @cap) union select contact_id from contacts.search_contact(@number, @cap)";
        command.Parameters.AddWithValue("words", words);
        command.Parameters.AddWithValue("number", ContactText.PhoneDigits(text!) is { } digits ? [digits] : Array.Empty<string>());
        command.Parameters.AddWithValue("cap", NpgsqlTypes.NpgsqlDbType.Integer, (object?)cap ?? DBNull.Value);
        var found = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetGuid(0));
        return [.. found];
    }

    /// <summary>Fewer than two letters find too much to be worth a look.</summary>
    public static string[] Words(string? text)
    {
        var words = ContactText.Words(text ?? "");
        return words.Sum(w => w.Length) >= ListContacts.FewestLetters ? [.. words.Take(10)] : [];
    }

    /// <summary>A command on the scope's connection, inside the scope's account.</summary>
    public static async Task<NpgsqlCommand> Command(PluraDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
    }
}

/// <summary>The API's body: the filter as JSON.</summary>
public sealed record SearchContacts(JsonElement? Filter, string? Text, string? Sort, string? Cursor, int? Limit);

/// <param name="Capped">True where a search by text found more than it looks at: these are some of them, and more letters find the others.</param>
public sealed record FoundContacts(IReadOnlyList<ContactView> Items, string? Next, bool Capped);

public static class ListContactsEndpoint
{
    public static void MapListContacts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts/search", async (SearchContacts body, ListContactsHandler handler, CancellationToken ct) =>
        {
            var filter = body.Filter is { ValueKind: not JsonValueKind.Null } json ? ContactFilter.Read(json) : ContactFilter.Everyone;
            if (filter.Refusal is { } refusal)
                return refusal.Problem();
            var query = new ListContacts { Filter = filter.Value, Text = body.Text, Sort = body.Sort ?? "newest", Cursor = body.Cursor, Limit = body.Limit ?? 50 };
            return (await handler.Handle(query, ct)).Answer(page => Results.Ok(new FoundContacts(page.Items, page.Next, page.Capped)));
        }).RequirePermission("contacts.read").WithName("SearchContacts").ReadsPersonalData("contacts.list");
}
