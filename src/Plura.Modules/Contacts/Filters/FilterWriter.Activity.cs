using System.Globalization;
using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>The conditions about what happened with somebody, and about days that come and go.</summary>
public sealed partial class FilterWriter
{
    public const string ActivityPrefix = "activity.";
    private const int MostDays = 36500;

    private Leaf Happened(Condition condition, Activity activity)
    {
        var rows = $"from ({activity.Sql}) h where h.contact_id is not null";
        if (condition.Op == "empty")
            return None("h.contact_id", rows);
        switch (condition.Op)
        {
            case "is" when activity.Things is not null:
                var things = new List<Guid>();
                foreach (var value in condition.Values)
                {
                    if (!Guid.TryParse(value, out var id))
                        return Refuse($"“{value}” is no {activity.Things}'s id.");
                    things.Add(id);
                }

                return Some("h.contact_id", $"{rows} and h.thing = any({Add(things.ToArray())})");
            case "times":
                if (!int.TryParse(condition.Values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var times) || times is < 1 or > 1000)
                    return Refuse("How many times? Give a number between 1 and 1000.");
                if (condition.Values.Count < 2 || Count(condition.Values[1]) is not { } within)
                    return Refuse($"Within how many days? Give a number between 1 and {MostDays}.");
                return $"((select count(*) {rows} and h.contact_id = c.id and h.at >= {Add(facts.Now.AddDays(-within))}) >= {Add(times)})";
            case "last_days" or "older_days" or "on" or "before" or "after" or "between":
                return Some("h.contact_id", $"{rows} and {Moment(condition, "h.at").Sql}");
            default:
                return Unfit(condition);
        }
    }

    /// <summary>A number of days that a condition gives; null where it is none.</summary>
    private static int? Count(string value) =>
        int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays ? days : null;

    /// <summary>The days that a relative condition means, by the account's own calendar; null where it is not relative or unreadable.</summary>
    private (DateOnly From, DateOnly To)? Around(Condition condition)
    {
        if (Count(condition.Values[0]) is not { } days)
        {
            Refuse($"Give a number of days between 1 and {MostDays}.");
            return null;
        }

        return condition.Op switch
        {
            "last_days" => (facts.Today.AddDays(-days), facts.Today),
            "next_days" => (facts.Today, facts.Today.AddDays(days)),
            "older_days" => (DateOnly.MinValue, facts.Today.AddDays(-days - 1)),
            _ => null,
        };
    }

    /// <summary>Month and day of each day from today on: what comes round every year. The 29th of February comes on the 28th where there is none.</summary>
    private string[]? EachYear(Condition condition)
    {
        if (Count(condition.Values[0]) is not ({ } days and <= 366))
        {
            Refuse("Give a number of days between 1 and 366.");
            return null;
        }

        var dates = Enumerable.Range(0, days + 1).Select(n => facts.Today.AddDays(n)).ToList();
        return [.. dates.Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture))
            .Concat(dates.Where(d => d is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(d.Year)).Select(_ => "02-29")).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsRelative(Condition condition) => condition.Op is "last_days" or "next_days" or "older_days";
}
