using System.Globalization;
using Microsoft.Extensions.Primitives;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What the list shows, as its web address says it: words, tags, addresses, a smart list, an order, a page.</summary>
public sealed record ListAddress
{
    private const int LongestAdded = 36500;

    public string? Q { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary><c>email</c>, <c>no-email</c> or <c>phone</c>.</summary>
    public string? Has { get; init; }

    /// <summary><c>me</c> or <c>none</c>.</summary>
    public string? Assigned { get; init; }

    /// <summary>The id of a company.</summary>
    public Guid? Company { get; init; }

    /// <summary>Only those who were added within so many days.</summary>
    public int? Added { get; init; }

    /// <summary>The id of a smart list.</summary>
    public Guid? List { get; init; }

    /// <summary><c>newest</c>, <c>changed</c> or <c>name</c>; null for the list's own.</summary>
    public string? Sort { get; init; }

    public string? Cursor { get; init; }

    public bool Filtered => Q is not null || Tags.Count > 0 || Has is not null || Assigned is not null || Company is not null || Added is not null || List is not null;

    public static ListAddress Read(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var given = values.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        return new ListAddress
        {
            Q = Text(given, "q"),
            Tags = [.. given.GetValueOrDefault("tag").Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => t!.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Take(20)],
            Has = Text(given, "has") is "email" or "no-email" or "phone" ? Text(given, "has") : null,
            Assigned = Text(given, "assigned") is "me" or "none" ? Text(given, "assigned") : null,
            Company = Guid.TryParse(Text(given, "company"), out var company) ? company : null,
            Added = int.TryParse(Text(given, "added"), NumberStyles.None, CultureInfo.InvariantCulture, out var added) && added is > 0 and <= LongestAdded ? added : null,
            List = Guid.TryParse(Text(given, "list"), out var list) ? list : null,
            Sort = Text(given, "sort") is "name" or "changed" or "newest" ? Text(given, "sort") : null,
            Cursor = Text(given, "cursor"),
        };
    }

    /// <summary>The query part of the address, without the page where <paramref name="cursor"/> is null.</summary>
    public string Href(string path, string? cursor = null)
    {
        var parts = Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}").ToList();
        if (cursor is not null)
            parts.Add("cursor=" + Uri.EscapeDataString(cursor));
        return parts.Count == 0 ? path : path + "?" + string.Join('&', parts);
    }

    public IEnumerable<(string Name, string Value)> Pairs()
    {
        if (Q is not null)
            yield return ("q", Q);
        foreach (var tag in Tags)
            yield return ("tag", tag);
        if (Has is not null)
            yield return ("has", Has);
        if (Assigned is not null)
            yield return ("assigned", Assigned);
        if (Company is { } company)
            yield return ("company", company.ToString());
        if (Added is { } added)
            yield return ("added", added.ToString(CultureInfo.InvariantCulture));
        if (List is { } list)
            yield return ("list", list.ToString());
        if (Sort is not null)
            yield return ("sort", Sort);
    }

    /// <summary>Everything but the words, which the list searches by their own index.</summary>
    public IEnumerable<ContactFilter> Chips()
    {
        foreach (var tag in Tags)
            yield return new Condition("tag", "is", tag);
        if (Has is not null)
            yield return new Condition(Has == "phone" ? "phone" : "email", Has == "no-email" ? "empty" : "not_empty", (IReadOnlyList<string>)[]);
        if (Assigned is not null)
            yield return new Condition("assignee", "is", Assigned);
        if (Company is { } company)
            yield return new Condition("company_id", "is", company.ToString());
        if (Added is { } added)
            yield return new Condition("created", "last_days", added.ToString(CultureInfo.InvariantCulture));
    }

    private static string? Text(Dictionary<string, StringValues> values, string name)
    {
        var text = values.GetValueOrDefault(name).ToString().Trim();
        return text.Length is 0 or > 4000 ? null : text.Length > 200 && name == "q" ? text[..200] : text;
    }
}

/// <summary>Turns an address into a query.</summary>
public sealed class ListAddresses(ReadLists lists)
{
    public async Task<Result<ListContacts>> Query(ListAddress address, CancellationToken ct)
    {
        var filter = await Filter(address, withWords: false, ct);
        return filter.Refusal is { } refusal ? refusal
            : new ListContacts { Text = address.Q, Filter = filter.Value, Sort = address.Sort ?? "newest", Cursor = address.Cursor };
    }

    /// <param name="address">What the list shows.</param>
    /// <param name="withWords">Also the words, as a smart list keeps them.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<ContactFilter>> Filter(ListAddress address, bool withWords, CancellationToken ct)
    {
        var parts = address.Chips().ToList();
        if (withWords && address.Q is { } words)
            parts.Add(new Condition("text", "contains", words));
        if (address.List is { } id)
        {
            if (await lists.One(id, ct) is not { } list)
                return ReadLists.Missing;
            var read = ContactFilter.Read(list.Filter.ToJsonString());
            if (read.Refusal is { } refusal)
                return refusal;
            parts.Add(read.Value);
        }

        return parts.Count == 0 ? ContactFilter.Everyone : new AllOf(parts);
    }
}
