using Plura.Ui;

namespace Plura.Contacts;

/// <summary>The conditions about people of the account, companies, and where somebody lives.</summary>
public sealed partial class FilterWriter
{
    private string Assigned(Condition condition)
    {
        if (condition.Op == "empty")
            return "(c.assignee_id is null)";
        if (condition.Op != "is")
            return Unfit(condition);
        if (Users(condition) is not { } people)
            return "false";
        var theirs = $"coalesce(c.assignee_id = any({Add(people)}), false)";
        return condition.Values.Contains("none", StringComparer.Ordinal) ? $"(c.assignee_id is null or {theirs})" : theirs;
    }

    private string Followed(Condition condition)
    {
        const string owner = "exists (select from contacts.contact_follower w where w.tenant_id = @tenant and w.contact_id = c.id";
        if (condition.Op == "empty")
            return $"not {owner})";
        if (condition.Op != "is")
            return Unfit(condition);
        if (Users(condition) is not { } people)
            return "false";
        var theirs = $"{owner} and w.user_id = any({Add(people)}))";
        return condition.Values.Contains("none", StringComparer.Ordinal) ? $"(not {owner}) or {theirs})" : theirs;
    }

    /// <summary>The users that a condition names, without "none"; null where one of them is nobody.</summary>
    private Guid[]? Users(Condition condition)
    {
        var people = new List<Guid>();
        foreach (var value in condition.Values.Where(v => v != "none"))
        {
            if (value == "me" && facts.Me is null)
            {
                Refuse("“me” is whoever looks at a list; here nobody does. Name the person by their id.");
                return null;
            }

            if (value != "me" && !Guid.TryParse(value, out _))
            {
                Refuse($"“{value}” is nobody's id. Write “me”, “none” or a person's id.");
                return null;
            }

            people.Add(value == "me" ? facts.Me!.Value : Guid.Parse(value));
        }

        return [.. people];
    }

    private string Company(Condition condition)
    {
        if (condition.Op == "empty")
            return "(c.company_id is null)";
        if (condition.Op != "is")
            return Unfit(condition);
        var ids = new List<Guid>();
        foreach (var value in condition.Values.Where(v => v != "none"))
        {
            if (!Guid.TryParse(value, out var id))
                return Refuse($"“{value}” is no company's id. Write an id, or “none”.");
            ids.Add(id);
        }

        var there = $"coalesce(c.company_id = any({Add(ids.ToArray())}), false)";
        return condition.Values.Contains("none", StringComparer.Ordinal) ? $"(c.company_id is null or {there})" : there;
    }

    private string Country(Condition condition)
    {
        if (condition.Op != "is")
            return Unfit(condition);
        var codes = new List<string>();
        foreach (var value in condition.Values)
        {
            if (Places.Country(value) is not { } code)
                return Refuse($"“{value}” is not a country. Give its two letters, for example US.");
            codes.Add(code);
        }

        return $"(c.country = any({Add(codes.ToArray())}))";
    }

    private string Born(Condition condition)
    {
        if (condition.Op == "each_year")
            return EachYear(condition) is { } comes ? $"coalesce(to_char(c.date_of_birth, 'MM-DD') = any({Add(comes)}), false)" : "false";
        if (IsRelative(condition))
            return Around(condition) is { } span ? $"coalesce(c.date_of_birth between {Add(span.From)} and {Add(span.To)}, false)" : "false";
        if (Days(condition) is not { } days)
            return "false";
        return condition.Op switch
        {
            "is" or "on" => $"coalesce(c.date_of_birth = any({Add(days)}), false)",
            "before" => $"coalesce(c.date_of_birth < {Add(days[0])}, false)",
            "after" => $"coalesce(c.date_of_birth > {Add(days[0])}, false)",
            "between" => $"coalesce(c.date_of_birth between {Add(days[0])} and {Add(days[1])}, false)",
            _ => Unfit(condition),
        };
    }

    /// <summary>The days that a condition names; null where one is none, or where "between" has not two.</summary>
    private DateOnly[]? Days(Condition condition)
    {
        var days = new List<DateOnly>();
        foreach (var value in condition.Values)
        {
            if (FieldBook.Date(value.Trim()) is not { } day)
            {
                Refuse($"“{value}” is not a date. Write it like 2026-11-23.");
                return null;
            }

            days.Add(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (condition.Op == "between" && days.Count != 2)
        {
            Refuse($"Between which two days? The condition on “{condition.Field}” needs both.");
            return null;
        }

        return [.. days];
    }
}
