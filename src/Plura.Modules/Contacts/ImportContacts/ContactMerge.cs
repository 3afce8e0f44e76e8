using System.Globalization;
using System.Text.Json;
using Npgsql;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>What a row of the file makes of a contact that was there before, by the chosen policy.</summary>
public sealed class ContactMerge
{
    public int Number { get; private init; }

    public Guid ContactId { get; private init; }

    public string First { get; private init; } = "";

    public string Last { get; private init; } = "";

    public string Company { get; private init; } = "";

    public string ExternalId { get; private init; } = "";

    public Dictionary<string, string> Fields { get; private init; } = [];

    /// <summary>All parts of the address and the like, by column; empty where it is not known.</summary>
    public Dictionary<string, string> Details { get; private init; } = [];

    /// <summary>Known to be under age: it was, or the file's date of birth says so.</summary>
    public bool Minor { get; private init; }

    public string SortName { get; private init; } = "";

    public string SearchText { get; private init; } = "";

    public DateTimeOffset UpdatedBefore { get; private init; }

    /// <summary>The transaction that had written the contact last when it was compared.</summary>
    public ulong ChangedIn { get; private init; }

    /// <summary>What is replaced, by column, and by what. A custom field stands as <c>fields.key</c>; null where it was absent.</summary>
    public SortedDictionary<string, string?> Before { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string?> After { get; } = new(StringComparer.Ordinal);

    /// <summary>The file says something about the contact that was not known.</summary>
    public bool Changes => Before.Count > 0 || MorePoints;

    public bool MorePoints { get; private init; }

    public bool MoreTags { get; private init; }

    /// <summary>Reads a row of <see cref="ImportSql.Merges"/>.</summary>
    public static ContactMerge Of(NpgsqlDataReader row, bool overwrite, DateOnly ofAge)
    {
        string Chosen(int file, int known)
        {
            var (says, has) = (row.GetString(file), row.GetString(known));
            return says.Length > 0 && (overwrite || has.Length == 0) ? says : has;
        }

        // A name is one thing: "Ann" must not be filled up with the surname of another spelling of her.
        var named = row.GetString(7).Length + row.GetString(8).Length > 0;
        var takeName = row.GetString(2).Length + row.GetString(3).Length > 0 && (overwrite || !named || Compatible(row));
        var fields = Read(row.GetString(11));
        var merged = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (key, value) in Read(row.GetString(6)))
        {
            if (overwrite || !merged.ContainsKey(key))
                merged[key] = value;
        }

        var details = Read(row.GetString(19));
        var place = new Dictionary<string, string>(details, StringComparer.Ordinal);
        foreach (var (key, value) in Read(row.GetString(18)))
        {
            if (overwrite || place.GetValueOrDefault(key, "").Length == 0)
                place[key] = value;
        }

        var minor = row.GetBoolean(20) || DateOnly.TryParseExact(place["date_of_birth"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) && born > ofAge;
        var points = Points(row, 15);
        var all = points.Union(Points(row, 16), StringComparer.Ordinal).ToList();
        var emails = Normals(all, ContactPoint.Email);
        var phones = Normals(all, ContactPoint.Phone);
        var (first, last, company) = (takeName ? Chosen(2, 7) : row.GetString(7), takeName ? Chosen(3, 8) : row.GetString(8), Chosen(4, 9));
        var merge = new ContactMerge
        {
            Number = row.GetInt32(0),
            ContactId = row.GetGuid(1),
            First = first,
            Last = last,
            Company = company,
            ExternalId = Chosen(5, 10),
            Fields = merged,
            Details = place,
            Minor = minor,
            SortName = ContactText.Sort(first, last, company, emails.Concat(phones).FirstOrDefault()),
            SearchText = ContactText.Search(first, last, company, emails, phones),
            UpdatedBefore = row.GetFieldValue<DateTimeOffset>(14),
            MorePoints = all.Count > points.Count,
            MoreTags = row.GetBoolean(17),
            ChangedIn = row.GetFieldValue<ulong>(21),
        };
        merge.Compare("first_name", row.GetString(7), first);
        merge.Compare("last_name", row.GetString(8), last);
        merge.Compare("company", row.GetString(9), company);
        merge.Compare("external_id", row.GetString(10), merge.ExternalId);
        foreach (var (key, value) in merged)
            merge.Compare("fields." + key, fields.GetValueOrDefault(key), value);
        foreach (var (key, value) in place)
            merge.Compare(key, details[key], value);
        merge.Compare("minor", row.GetBoolean(20) ? "true" : "false", minor ? "true" : "false");
        if (merge.Changes)
        {
            merge.Compare("sort_name", row.GetString(12), merge.SortName);
            merge.Compare("search_text", row.GetString(13), merge.SearchText);
        }

        return merge;
    }

    /// <summary>The parts that both have are the same, so that filling the gap makes no new person.</summary>
    private static bool Compatible(NpgsqlDataReader row) => Same(row.GetString(2), row.GetString(7)) && Same(row.GetString(3), row.GetString(8));

    private static bool Same(string says, string has) =>
        says.Length == 0 || has.Length == 0 || string.Equals(ContactText.Fold(says), ContactText.Fold(has), StringComparison.Ordinal);

    private void Compare(string name, string? before, string? after)
    {
        if (string.Equals(before, after, StringComparison.Ordinal))
            return;
        Before[name] = before;
        After[name] = after;
    }

    private static Dictionary<string, string> Read(string json) =>
        json.Length <= 2 ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    private static List<string> Points(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? [] : [.. row.GetFieldValue<string[]>(column)];

    private static List<string> Normals(List<string> points, string kind) =>
        points.Where(p => p.StartsWith(kind, StringComparison.Ordinal)).Select(p => p[(kind.Length + 1)..]).ToList();
}
