using Plura.Ui;

namespace Plura.Contacts;

/// <summary>The conditions about people of the account, companies, and where somebody lives.</summary>
public sealed partial class FilterWriter
{
    private Leaf Assigned(Condition condition)
    {
        if (condition.Op == "empty")
            return OneOf(condition, "(c.assignee_id is null)", [], orNone: true);
        if (condition.Op != "is")
            return Unfit(condition);
        if (Users(condition) is not { } people)
            return "false";
        var theirs = $"coalesce(c.assignee_id = any({Add(people)}), false)";
        var orNone = condition.Values.Contains("none", StringComparer.Ordinal);
        return OneOf(condition, orNone ? $"(c.assignee_id is null or {theirs})" : theirs, people, orNone);
    }

    /// <summary>A condition on an id of the contact's own row.</summary>
    private static Leaf OneOf(Condition condition, string sql, IEnumerable<Guid> ids, bool orNone)
    {
        var texts = ids.Select(id => id.ToString()).ToArray();
        return new Leaf(sql) { Test = Held(condition.Field, v => v.Raw.Length == 0 ? orNone : Array.IndexOf(texts, v.Raw) >= 0) };
    }

    private Leaf Followed(Condition condition)
    {
        const string rows = "from contacts.contact_follower w where w.tenant_id = @tenant";
        if (condition.Op == "empty")
            return None("w.contact_id", rows);
        if (condition.Op != "is")
            return Unfit(condition);
        if (Users(condition) is not { } people)
            return "false";
        var theirs = Some("w.contact_id", $"{rows} and w.user_id = any({Add(people)})");
        return condition.Values.Contains("none", StringComparer.Ordinal) ? $"({None("w.contact_id", rows).Sql} or {theirs.Sql})" : theirs;
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

    private Leaf Company(Condition condition)
    {
        if (condition.Op == "empty")
            return OneOf(condition, "(c.company_id is null)", [], orNone: true);
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
        var orNone = condition.Values.Contains("none", StringComparer.Ordinal);
        return OneOf(condition, orNone ? $"(c.company_id is null or {there})" : there, ids, orNone);
    }

    private Leaf Country(Condition condition, string column)
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

        return new Leaf($"({column} = any({Add(codes.ToArray())}))") { Test = Held(condition.Field, v => codes.Contains(v.Raw)) };
    }

    private Leaf Born(Condition condition)
    {
        if (condition.Op == "empty")
            return Told(condition, "(c.date_of_birth is null)", day => day.Length == 0);
        if (condition.Op == "each_year")
            return EachYear(condition) is { } comes ? Told(condition, $"coalesce(to_char(c.date_of_birth, 'MM-DD') = any({Add(comes)}), false)", ComesRound(comes)) : "false";
        if (IsRelative(condition))
        {
            return Around(condition) is { } span
                ? Told(condition, $"coalesce(c.date_of_birth between {Add(span.From)} and {Add(span.To)}, false)", IsWithin(Written(span.From), Written(span.To))) : "false";
        }

        if (Days(condition) is not { } days)
            return "false";
        var texts = days.Select(Written).ToArray();
        return condition.Op switch
        {
            "is" or "on" => Told(condition, $"coalesce(c.date_of_birth = any({Add(days)}), false)", day => Array.IndexOf(texts, day) >= 0),
            "before" => Told(condition, $"coalesce(c.date_of_birth < {Add(days[0])}, false)", IsBefore(texts[0])),
            "after" => Told(condition, $"coalesce(c.date_of_birth > {Add(days[0])}, false)", IsAfter(texts[0])),
            "between" => Told(condition, $"coalesce(c.date_of_birth between {Add(days[0])} and {Add(days[1])}, false)", IsWithin(texts[0], texts[1])),
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
