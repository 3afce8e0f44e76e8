using System.Globalization;
using NodaTime.Text;
using Npgsql;
using NpgsqlTypes;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Writes a filter as a SQL predicate. Every value is a parameter, also a custom field's key; nothing that came from outside
/// becomes SQL text. Each condition is true or false, never null, so that "not" means what it says. Where a condition asks for one
/// value of a contact, the same is said of that value beside its SQL (<see cref="Leaf.Test"/>), for columns that are held in memory.
/// </summary>
public sealed partial class FilterWriter(FilterFacts facts, string prefix, int first)
{
    /// <summary>Operators that say "not" of another one.</summary>
    public static readonly IReadOnlyDictionary<string, string> Opposites = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["is_not"] = "is",
        ["not_empty"] = "empty",
        ["not_contains"] = "contains",
        ["not_last_days"] = "last_days",
    };

    private readonly List<NpgsqlParameter> parameters = [];

    public IReadOnlyList<NpgsqlParameter> Parameters => parameters;

    public Refusal? Refusal { get; private set; }

    public string Write(ContactFilter filter) => filter switch
    {
        AllOf { Parts.Count: 0 } => "true",
        AnyOf { Parts.Count: 0 } => "false",
        AllOf all => $"({string.Join(" and ", all.Parts.Select(Write))})",
        AnyOf any => $"({string.Join(" or ", any.Parts.Select(Write))})",
        Not not => $"not {Write(not.Part)}",
        Condition condition => Write(condition),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private string Write(Condition condition)
    {
        if (Opposites.TryGetValue(condition.Op, out var op))
            return $"not {Write(condition with { Op = op })}";
        return Read(condition).Sql;
    }

    /// <summary>One condition that is none of <see cref="Opposites"/>.</summary>
    internal Leaf Read(Condition condition)
    {
        if (condition.Op != "empty" && condition.Values.Count == 0)
            return Refuse($"The condition on “{condition.Field}” has no value.");
        return condition.Field switch
        {
            "text" => Words(condition),
            "name" => condition.Op == "empty" ? "(c.first_name = '' and c.last_name = '')" : Text(condition, "c.sort_name"),
            "company_id" => Company(condition),
            "email" => Point(condition, ContactPoint.Email),
            "phone" => Point(condition, ContactPoint.Phone),
            "tag" => Tagged(condition),
            "assignee" => Assigned(condition),
            "follower" => Followed(condition),
            "company" or "source" or "street" or "city" or "region" or "postal_code" or "country" or "time_zone" when condition.Op == "empty" => Empty(condition.Field, $"c.{condition.Field}"),
            "company" or "source" or "street" or "city" or "region" or "postal_code" or "time_zone" => Text(condition, $"contacts.fold(c.{condition.Field})"),
            HeldColumns.Country => Country(condition, "c.country"),
            HeldColumns.Born => Born(condition),
            HeldColumns.Created => Moment(condition, "c.created_at"),
            HeldColumns.Changed => Moment(condition, "c.updated_at"),
            var name when name.StartsWith(HeldColumns.Custom, StringComparison.Ordinal) && facts.Fields.TryGetValue(name[HeldColumns.Custom.Length..], out var field) => Custom(condition, field, ValueOf("c", field)),
            var name when name.StartsWith(ActivityPrefix, StringComparison.Ordinal) && facts.Activities.TryGetValue(name[ActivityPrefix.Length..], out var activity) => Happened(condition, activity),
            var name when name.StartsWith(EmployerPrefix, StringComparison.Ordinal) && Employer(condition) is { } leaf => leaf,
            var name when Permitted.TryGetValue(name, out var channel) => Permission(condition, channel),
            _ => Refuse($"There is no contact field called “{condition.Field}”."),
        };
    }

    private Leaf Words(Condition condition)
    {
        if (condition.Op != "contains")
            return Unfit(condition);
        var words = condition.Values.SelectMany(ContactText.Words).ToArray();
        if (words.Length == 0)
            return "true";
        // Through the function: only its owner may use the index on the text.
        var found = $"select contact_id from contacts.search_contact({Add(words)}, null)";
        if (condition.Values is not [var only] || ContactText.PhoneDigits(only) is not { } digits)
            return new Leaf($"(c.id in ({found}))") { Members = found };
        var called = $"select contact_id from contacts.search_contact({Add((string[])[digits])}, null)";
        return new Leaf($"(c.id in ({found}) or c.id in ({called}))") { Members = $"{found} union {called}" };
    }

    private static Leaf Empty(string column, string expression) => new($"({expression} = '')") { Test = Held(column, v => v.Raw.Length == 0) };

    /// <param name="condition">Its values are folded.</param>
    /// <param name="expression">The value in SQL.</param>
    /// <param name="folded">The expression is the value folded, not as it stands.</param>
    /// <param name="skip">How much of the value stands before what the expression is.</param>
    private Leaf Text(Condition condition, string expression, bool folded = true, int skip = 0)
    {
        var values = condition.Values.Select(v => ContactText.Fold(v.Trim())).ToArray();
        (string Sql, Func<string, bool> Fits)? test = condition.Op switch
        {
            "is" => ($"{expression} = v", text => Array.IndexOf(values, text) >= 0),
            "contains" => ($"strpos({expression}, v) > 0", text => Array.Exists(values, v => text.Contains(v, StringComparison.Ordinal))),
            "starts" => ($"starts_with({expression}, v)", text => Array.Exists(values, v => text.StartsWith(v, StringComparison.Ordinal))),
            "ends" => ($"right({expression}, length(v)) = v", text => Array.Exists(values, v => text.EndsWith(v, StringComparison.Ordinal))),
            _ => null,
        };
        if (test is not { } asked)
            return Unfit(condition);
        return new Leaf(condition.Op == "is" ? $"({expression} = any({Add(values)}))" : $"exists (select from unnest({Add(values)}) v where {asked.Sql})")
        {
            Test = Held(condition.Field, v => asked.Fits(After(folded ? v.Folded : v.Raw))),
        };

        string After(string text) => skip == 0 ? text : text.Length > skip ? text[skip..] : "";
    }

    /// <summary>Null where the column is none that is held.</summary>
    private static TextTest? Held(string column, Func<ColumnValue, bool> fits) => HeldColumns.Has(column) ? new TextTest(column, fits) : null;

    /// <summary>Those of whom a table beside that of contacts has a row.</summary>
    /// <param name="id">The contact's id in it.</param>
    /// <param name="rows">From where, and which of its rows.</param>
    private static Leaf Some(string id, string rows) => new($"exists (select {rows} and {id} = c.id)") { Members = $"select {id} {rows}" };

    private static Leaf None(string id, string rows) => Some(id, rows) with { Sql = $"not exists (select {rows} and {id} = c.id)", Except = true };

    private Leaf Point(Condition condition, string kind)
    {
        var rows = $"from contacts.contact_point p where p.tenant_id = @tenant and p.kind = {Add(kind)}";
        if (condition.Op == "empty")
            return None("p.contact_id", rows);
        var values = new List<string>();
        foreach (var value in condition.Values)
        {
            var email = kind == ContactPoint.Email;
            var normal = condition.Op != "is" ? (email ? value.Trim().ToLowerInvariant() : string.Concat(value.Where(char.IsAsciiDigit)))
                : email ? AddressForms.Email(value) : AddressForms.Phone(value, facts.Region);
            if (normal is null or "")
                return Refuse($"“{value}” is not {(email ? "an e-mail address" : "a phone number")}.");
            values.Add(normal);
        }

        var test = condition.Op switch
        {
            "is" => $"p.normal = any({Add(values.ToArray())})",
            "contains" => $"exists (select from unnest({Add(values.ToArray())}) v where strpos(p.normal, v) > 0)",
            "starts" => $"exists (select from unnest({Add(values.ToArray())}) v where starts_with(p.normal, v))",
            "ends" => $"exists (select from unnest({Add(values.ToArray())}) v where right(p.normal, length(v)) = v)",
            _ => null,
        };
        return test is null ? Unfit(condition) : Some("p.contact_id", $"{rows} and {test}");
    }

    private Leaf Tagged(Condition condition)
    {
        const string rows = "from contacts.contact_tag t where t.tenant_id = @tenant";
        if (condition.Op == "empty")
            return None("t.contact_id", rows);
        if (condition.Op != "is")
            return Unfit(condition);
        var ids = new List<Guid>();
        foreach (var name in condition.Values)
        {
            if (!facts.Tags.TryGetValue(Tag.Normalise(name), out var id))
                return Refuse($"You have no tag called “{name}”.");
            ids.Add(id);
        }

        return Some("t.contact_id", $"{rows} and t.tag_id = any({Add(ids.ToArray())})");
    }

    private Leaf Moment(Condition condition, string column)
    {
        if (Moments(condition) is not { } span)
            return "false";
        var sql = (span.From, span.Before) switch
        {
            ({ } from, { } before) => $"({column} >= {Add(from)} and {column} < {Add(before)})",
            ({ } from, null) => $"({column} >= {Add(from)})",
            (null, { } before) => $"({column} < {Add(before)})",
            _ => throw new InvalidOperationException("A condition on a moment says from when or until when."),
        };
        return new Leaf(sql)
        {
            Test = HeldColumns.Has(condition.Field) ? new MomentTest(condition.Field, span.From is { } first ? MomentColumn.Of(first) : long.MinValue, span.Before is { } last ? MomentColumn.Of(last) : long.MaxValue) : null,
        };
    }

    /// <summary>From when, and until before when; null where that is refused.</summary>
    private (DateTimeOffset? From, DateTimeOffset? Before)? Moments(Condition condition)
    {
        if (condition.Op is "last_days" or "older_days")
        {
            if (Count(condition.Values[0]) is not { } days)
                return Nothing(Refuse($"Give a number of days between 1 and {MostDays}."));
            var then = facts.Now.AddDays(-days);
            return condition.Op == "last_days" ? (then, null) : (null, then);
        }

        if (Span(condition.Values[0]) is not { } span)
            return Nothing(Refuse($"“{condition.Values[0]}” is not a date. Write it like 2026-11-23."));
        return condition.Op switch
        {
            "between" => condition.Values is [_, var last] && Span(last) is { } end ? (span.From, end.To)
                : Nothing(Refuse($"Between which two days? The condition on “{condition.Field}” needs both.")),
            "before" => (null, span.From),
            "after" => (span.To, null),
            "on" or "is" => (span.From, span.To),
            _ => Nothing(Unfit(condition)),
        };

        static (DateTimeOffset? From, DateTimeOffset? Before)? Nothing(string refused) => null;
    }

    /// <summary>A day of the account's own calendar, or one exact moment.</summary>
    private (DateTimeOffset From, DateTimeOffset To)? Span(string value)
    {
        if (LocalDatePattern.Iso.Parse(value) is { Success: true, Value: { Year: > 0 and < 9999 } day })
            return (facts.Zone.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime(), facts.Zone.AtStartOfDay(day.PlusDays(1)).ToDateTimeOffset().ToUniversalTime());
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? (moment, moment.AddTicks(TimeSpan.TicksPerMicrosecond)) : null;
    }

    private string Add(object value)
    {
        var parameter = new NpgsqlParameter($"{prefix}_{first + parameters.Count}", value);
        if (value is DateTimeOffset)
            parameter.NpgsqlDbType = NpgsqlDbType.TimestampTz;
        parameters.Add(parameter);
        return "@" + parameter.ParameterName;
    }

    private string Unfit(Condition condition) => Refuse($"“{condition.Field}” cannot be asked with “{condition.Op}”.");

    private string Refuse(string text)
    {
        Refusal ??= Platform.Refusal.Invalid("filter.invalid", text, "Filter");
        return "false";
    }
}
