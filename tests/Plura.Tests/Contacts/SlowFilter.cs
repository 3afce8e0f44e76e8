using System.Globalization;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

/// <summary>What a filter means, said again without SQL: one contact at a time.</summary>
internal static class SlowFilter
{
    public static bool Fits(ContactView contact, ContactFilter filter, DateTimeOffset now) => filter switch
    {
        AllOf all => all.Parts.All(p => Fits(contact, p, now)),
        AnyOf any => any.Parts.Any(p => Fits(contact, p, now)),
        Not not => !Fits(contact, not.Part, now),
        Condition { Op: "is_not" } c => !Fits(contact, c with { Op = "is" }, now),
        Condition { Op: "not_empty" } c => !Fits(contact, c with { Op = "empty" }, now),
        Condition { Op: "not_contains" } c => !Fits(contact, c with { Op = "contains" }, now),
        Condition { Op: "not_last_days" } c => !Fits(contact, c with { Op = "last_days" }, now),
        Condition { Op: "last_days" or "older_days" or "next_days" or "each_year", Field: "date_of_birth" or "fields.since" } c => Around(Born(contact, c), c, now),
        Condition { Field: "created" } c => c.Op == "last_days" == (contact.CreatedAt >= now.AddDays(-int.Parse(c.Values[0], CultureInfo.InvariantCulture))),
        Condition c => Fits(contact, c),
        _ => throw new InvalidOperationException(),
    };

    private static DateOnly? Born(ContactView contact, Condition condition) => condition.Field == "date_of_birth" ? contact.DateOfBirth
        : contact.Fields.GetValueOrDefault("since", "") is { Length: > 0 } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>Days that lie so many days before or behind today, by the tests' account, which lives in New York.</summary>
    private static bool Around(DateOnly? day, Condition condition, DateTimeOffset now)
    {
        if (day is not { } date)
            return false;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).DateTime);
        var days = int.Parse(condition.Values[0], CultureInfo.InvariantCulture);
        return condition.Op switch
        {
            "last_days" => date <= today && date >= today.AddDays(-days),
            "older_days" => date < today.AddDays(-days),
            "next_days" => date >= today && date <= today.AddDays(days),
            _ => Enumerable.Range(0, days + 1).Select(n => today.AddDays(n)).Any(d => (d.Month, d.Day) == (date.Month, date.Day) || (date is { Month: 2, Day: 29 } && d is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(d.Year))),
        };
    }

    private static bool Fits(ContactView contact, Condition condition) => condition.Field switch
    {
        "text" => condition.Values.SelectMany(v => ContactText.Fold(v).Split(' ')).All(w => Everything(contact).Contains(w, StringComparison.Ordinal))
            || condition.Values is [var number] && ContactText.PhoneDigits(number) is { } digits && Everything(contact).Contains(digits, StringComparison.Ordinal),
        "name" => condition.Op == "empty" ? contact.FirstName + contact.LastName == "" : Text(ContactText.Fold(contact.Name), condition),
        "company" => Text(ContactText.Fold(contact.Company), condition),
        "source" => Text(ContactText.Fold(contact.Source), condition),
        "email" => Any(contact.Emails.Select(e => e.Normal), condition, v => v.ToLowerInvariant()),
        "phone" => Any(contact.Phones.Select(e => e.Normal), condition, v => string.Concat(v.Where(char.IsAsciiDigit))),
        "tag" => condition.Op == "empty" ? contact.Tags.Count == 0 : condition.Values.Any(v => contact.Tags.Contains(v, StringComparer.OrdinalIgnoreCase)),
        "fields.size" => Number(contact.Fields.GetValueOrDefault("size", ""), condition),
        "fields.since" => Day(contact.Fields.GetValueOrDefault("since", ""), condition),
        "fields.member" => Checkbox(contact.Fields.GetValueOrDefault("member", ""), condition),
        "fields.budget" => Number(contact.Fields.GetValueOrDefault("budget", ""), condition),
        "fields.likes" => condition.Op == "empty" ? !contact.Fields.ContainsKey("likes")
            : condition.Values.Any(v => contact.Fields.GetValueOrDefault("likes", "").Split('\n').Any(l => l.Length > 0 && ContactText.Fold(l) == ContactText.Fold(v))),
        "fields.direct" => Direct(contact.Fields.GetValueOrDefault("direct", ""), condition),
        "fields.site" when condition.Op == "is" => condition.Values.Any(v => contact.Fields.GetValueOrDefault("site", "") == new Uri(v.Contains("://", StringComparison.Ordinal) ? v : "https://" + v).AbsoluteUri.TrimEnd('/')),
        "date_of_birth" => Day(contact.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", condition),
        "city" => Text(ContactText.Fold(contact.City), condition),
        "postal_code" => Text(ContactText.Fold(contact.PostalCode), condition),
        "time_zone" => Text(ContactText.Fold(contact.TimeZone), condition),
        "country" => condition.Op == "empty" ? contact.Country == "" : condition.Values.Any(v => contact.Country == (v == "Brazil" ? "BR" : v.ToUpperInvariant())),
        "fields.paper" => Text(ContactText.Fold(Plura.Contacts.FileValues.Name(contact.Fields.GetValueOrDefault("paper", ""))), condition),
        var custom => Text(ContactText.Fold(contact.Fields.GetValueOrDefault(custom["fields.".Length..], "")), condition),
    };

    private static string Everything(ContactView contact) => ContactText.Search(contact.FirstName, contact.LastName, contact.Company, contact.Emails.Select(e => e.Normal), contact.Phones.Select(p => p.Normal));

    private static bool Any(IEnumerable<string> addresses, Condition condition, Func<string, string> normal)
    {
        var there = addresses.ToList();
        return condition.Op == "empty" ? there.Count == 0 : there.Exists(a => Text(a, condition with { Values = [.. condition.Values.Select(normal)] }));
    }

    private static bool Text(string text, Condition condition)
    {
        var values = condition.Values.Select(v => ContactText.Fold(v.Trim()));
        return condition.Op switch
        {
            "empty" => text == "",
            "is" => values.Any(v => text == v),
            "contains" => values.Any(v => text.Contains(v, StringComparison.Ordinal)),
            "starts" => values.Any(v => text.StartsWith(v, StringComparison.Ordinal)),
            "ends" => values.Any(v => text.EndsWith(v, StringComparison.Ordinal)),
            _ => throw new InvalidOperationException(condition.Op),
        };
    }

    private static bool Number(string text, Condition condition)
    {
        if (condition.Op == "empty" || text == "")
            return condition.Op == "empty" && text == "";
        var number = decimal.Parse(text, CultureInfo.InvariantCulture);
        var values = condition.Values.Select(v => decimal.Parse(v.TrimStart('$'), CultureInfo.InvariantCulture)).ToList();
        return condition.Op switch { "is" => values.Contains(number), "less" => number < values[0], "between" => values[0] <= number && number <= values[1], _ => number > values[0] };
    }

    private static bool Day(string text, Condition condition)
    {
        if (condition.Op == "empty" || text == "")
            return condition.Op == "empty" && text == "";
        var difference = string.CompareOrdinal(text, condition.Values[0]);
        return condition.Op switch
        {
            "is" => condition.Values.Contains(text, StringComparer.Ordinal),
            "before" => difference < 0,
            "between" => difference >= 0 && string.CompareOrdinal(text, condition.Values[1]) <= 0,
            _ => difference > 0,
        };
    }

    /// <summary>A number is the one that is meant, however it is typed; of a part of it, the digits count.</summary>
    private static bool Direct(string text, Condition condition) => condition.Op == "is"
        ? condition.Values.Any(v => text.Length > 0 && text[2..] == string.Concat(v.Where(char.IsAsciiDigit)).TrimStart('1'))
        : Text(text, condition);

    private static bool Checkbox(string text, Condition condition) =>
        condition.Op == "empty" ? text == "" : (text == "true") == (condition.Values[0] == "true");
}
