using System.Globalization;
using NodaTime.Text;
using Npgsql;
using NpgsqlTypes;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Writes a filter as a SQL predicate. Every value is a parameter, also a custom field's key; nothing that came from outside
/// becomes SQL text. Each condition is true or false, never null, so that "not" means what it says.
/// </summary>
public sealed partial class FilterWriter(FilterFacts facts, string prefix, int first)
{
    private const string CustomPrefix = "fields.";

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
        if (condition.Op != "empty" && condition.Values.Count == 0)
            return Refuse($"The condition on “{condition.Field}” has no value.");
        return condition.Field switch
        {
            "text" => Words(condition),
            "name" => condition.Op == "empty" ? "(c.first_name = '' and c.last_name = '')" : Text(condition, "c.sort_name"),
            "company" => condition.Op == "empty" ? "(c.company = '')" : Text(condition, "contacts.fold(c.company)"),
            "company_id" => Company(condition),
            "source" => condition.Op == "empty" ? "(c.source = '')" : Text(condition, "contacts.fold(c.source)"),
            "email" => Point(condition, ContactPoint.Email),
            "phone" => Point(condition, ContactPoint.Phone),
            "tag" => Tagged(condition),
            "assignee" => Assigned(condition),
            "follower" => Followed(condition),
            "street" => condition.Op == "empty" ? "(c.street = '')" : Text(condition, "contacts.fold(c.street)"),
            "city" => condition.Op == "empty" ? "(c.city = '')" : Text(condition, "contacts.fold(c.city)"),
            "region" => condition.Op == "empty" ? "(c.region = '')" : Text(condition, "contacts.fold(c.region)"),
            "postal_code" => condition.Op == "empty" ? "(c.postal_code = '')" : Text(condition, "contacts.fold(c.postal_code)"),
            "country" => condition.Op == "empty" ? "(c.country = '')" : Country(condition),
            "time_zone" => condition.Op == "empty" ? "(c.time_zone = '')" : Text(condition, "contacts.fold(c.time_zone)"),
            "date_of_birth" => condition.Op == "empty" ? "(c.date_of_birth is null)" : Born(condition),
            "created" => Moment(condition, "c.created_at"),
            "changed" => Moment(condition, "c.updated_at"),
            var name when name.StartsWith(CustomPrefix, StringComparison.Ordinal) && facts.Fields.TryGetValue(name[CustomPrefix.Length..], out var field) => Custom(condition, field),
            var name when name.StartsWith(ActivityPrefix, StringComparison.Ordinal) && facts.Activities.TryGetValue(name[ActivityPrefix.Length..], out var activity) => Happened(condition, activity),
            _ => Refuse($"There is no contact field called “{condition.Field}”."),
        };
    }

    private string Words(Condition condition)
    {
        if (condition.Op != "contains")
            return Unfit(condition);
        var words = condition.Values.SelectMany(ContactText.Words).ToArray();
        if (words.Length == 0)
            return "true";
        // Through the function: only its owner may use the index on the text.
        var found = $"c.id in (select contact_id from contacts.search_contact({Add(words)}, null))";
        return condition.Values is [var only] && ContactText.PhoneDigits(only) is { } digits
            ? $"({found} or c.id in (select contact_id from contacts.search_contact({Add((string[])[digits])}, null)))" : $"({found})";
    }

    private string Text(Condition condition, string expression)
    {
        var test = condition.Op switch
        {
            "is" => $"{expression} = v",
            "contains" => $"strpos({expression}, v) > 0",
            "starts" => $"starts_with({expression}, v)",
            "ends" => $"right({expression}, length(v)) = v",
            _ => null,
        };
        if (test is null)
            return Unfit(condition);
        var values = condition.Values.Select(v => ContactText.Fold(v.Trim())).ToArray();
        return condition.Op == "is" ? $"({expression} = any({Add(values)}))" : $"exists (select from unnest({Add(values)}) v where {test})";
    }

    private string Point(Condition condition, string kind)
    {
        const string owner = "exists (select from contacts.contact_point p where p.tenant_id = @tenant and p.contact_id = c.id and p.kind = ";
        if (condition.Op == "empty")
            return $"not {owner}{Add(kind)})";
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
        return test is null ? Unfit(condition) : $"{owner}{Add(kind)} and {test})";
    }

    private string Tagged(Condition condition)
    {
        const string owner = "exists (select from contacts.contact_tag t where t.tenant_id = @tenant and t.contact_id = c.id";
        if (condition.Op == "empty")
            return $"not {owner})";
        if (condition.Op != "is")
            return Unfit(condition);
        var ids = new List<Guid>();
        foreach (var name in condition.Values)
        {
            if (!facts.Tags.TryGetValue(Tag.Normalise(name), out var id))
                return Refuse($"You have no tag called “{name}”.");
            ids.Add(id);
        }

        return $"{owner} and t.tag_id = any({Add(ids.ToArray())}))";
    }

    private string Moment(Condition condition, string column)
    {
        if (condition.Op is "last_days" or "older_days")
        {
            return Count(condition.Values[0]) is { } days
                ? $"({column} {(condition.Op == "last_days" ? ">=" : "<")} {Add(facts.Now.AddDays(-days))})"
                : Refuse($"Give a number of days between 1 and {MostDays}.");
        }

        if (Span(condition.Values[0]) is not { } span)
            return Refuse($"“{condition.Values[0]}” is not a date. Write it like 2026-11-23.");
        if (condition.Op == "between")
        {
            return condition.Values is [_, var last] && Span(last) is { } end ? $"({column} >= {Add(span.From)} and {column} < {Add(end.To)})"
                : Refuse($"Between which two days? The condition on “{condition.Field}” needs both.");
        }

        return condition.Op switch
        {
            "before" => $"({column} < {Add(span.From)})",
            "after" => $"({column} >= {Add(span.To)})",
            "on" or "is" => $"({column} >= {Add(span.From)} and {column} < {Add(span.To)})",
            _ => Unfit(condition),
        };
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
