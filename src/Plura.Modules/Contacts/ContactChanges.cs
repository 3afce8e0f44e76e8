using System.Globalization;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>What of a contact is compared for its timeline, under the names that people read.</summary>
public static class ContactChanges
{
    public static IReadOnlyDictionary<string, string> Facts(Contact contact, IEnumerable<(string Kind, string Normal, string Label)> points)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["first name"] = contact.FirstName,
            ["last name"] = contact.LastName,
            ["company"] = contact.Company,
            ["under age"] = contact.Minor ? "yes" : "no",
            ["source"] = contact.Source,
            ["date of birth"] = contact.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            ["time zone"] = contact.TimeZone,
            ["address"] = contact.Place().ToString(),
        };
        foreach (var kind in points.GroupBy(p => p.Kind))
            facts[kind.Key == ContactPoint.Email ? "e-mail" : "phone"] = string.Join(", ", kind.Select(p => p.Label.Length > 0 ? $"{p.Normal} ({p.Label})" : p.Normal));
        foreach (var (key, value) in contact.Fields)
            facts["fields." + key] = value;
        return facts;
    }

    /// <summary>Field → old and new value, for those that differ.</summary>
    public static Dictionary<string, string[]> Between(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> now) =>
        old.Keys.Union(now.Keys).Select(key => (key, from: old.GetValueOrDefault(key, ""), to: now.GetValueOrDefault(key, "")))
            .Where(x => x.from != x.to)
            .ToDictionary(x => x.key, x => (string[])[x.from, x.to], StringComparer.Ordinal);
}
