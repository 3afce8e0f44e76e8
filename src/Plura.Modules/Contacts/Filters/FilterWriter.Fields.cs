using System.Globalization;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>The conditions about the account's own fields, each by its kind.</summary>
public sealed partial class FilterWriter
{
    private string Custom(Condition condition, CustomField field)
    {
        var value = $"coalesce(c.fields->>{Add(field.Key)}, '')";
        if (condition.Op == "empty")
            return $"({value} = '')";
        return field.Kind switch
        {
            CustomField.Number or CustomField.Money => Number(condition, field, value),
            CustomField.Date => Day(condition, value),
            CustomField.Checkbox => condition.Op == "is" && FieldBook.Checkbox(condition.Values[0]) is { } yes
                ? $"(({value} = 'true') = {Add(yes == "true")})" : Unfit(condition),
            CustomField.Multiple => condition.Op == "is"
                ? $"(string_to_array(contacts.fold({value}), chr(10)) && {Add(condition.Values.Select(v => ContactText.Fold(v.Trim())).ToArray())})" : Unfit(condition),
            CustomField.Phone or CustomField.Email or CustomField.Url when condition.Op == "is" => Whole(condition, field, value),
            CustomField.Phone when condition.Op is "contains" or "starts" or "ends" => Text(condition with { Values = [.. condition.Values.Select(v => string.Concat(v.Where(c => char.IsAsciiDigit(c) || c == '+')))] }, value),
            _ => Text(condition, $"contacts.fold({value})"),
        };
    }

    /// <summary>An address is the one that is meant, however it is typed.</summary>
    private string Whole(Condition condition, CustomField field, string value)
    {
        var written = new List<string>();
        foreach (var text in condition.Values)
        {
            if (FieldValues.Written(field, text, facts.Region) is not { } whole)
                return Refuse(FieldValues.Complaint(field));
            written.Add(whole);
        }

        return $"({value} = any({Add(written.ToArray())}))";
    }

    private string Number(Condition condition, CustomField field, string value)
    {
        var numbers = new List<decimal>();
        foreach (var text in condition.Values)
        {
            if ((field.Kind == CustomField.Money ? FieldValues.Written(field, text, facts.Region) : FieldBook.Number(text.Trim())) is not { } number)
                return Refuse(field.Kind == CustomField.Money ? FieldValues.Complaint(field) : $"“{text}” is not a number.");
            numbers.Add(decimal.Parse(number, CultureInfo.InvariantCulture));
        }

        // A cast may not be reached for anything that is no number, in whatever order the planner looks.
        var read = $"case when {value} ~ '^-?[0-9]{{1,29}}([.][0-9]{{1,29}})?$' then {value}::numeric end";
        return condition.Op switch
        {
            "is" => $"coalesce({read} = any({Add(numbers.ToArray())}), false)",
            "less" => $"coalesce({read} < {Add(numbers[0])}, false)",
            "more" => $"coalesce({read} > {Add(numbers[0])}, false)",
            "between" when numbers.Count == 2 => $"coalesce({read} between {Add(numbers[0])} and {Add(numbers[1])}, false)",
            "between" => Refuse($"Between which two numbers? The condition on “{condition.Field}” needs both."),
            _ => Unfit(condition),
        };
    }

    private string Day(Condition condition, string value)
    {
        if (condition.Op == "each_year")
            return EachYear(condition) is { } comes ? $"(substr({value}, 6, 5) = any({Add(comes)}))" : "false";
        if (IsRelative(condition))
        {
            return Around(condition) is not { } span ? "false"
                : $"({value} <> '' and {value} collate \"C\" >= {Add(Written(span.From))} and {value} collate \"C\" <= {Add(Written(span.To))})";
        }

        if (Days(condition) is not { } days)
            return "false";
        var texts = days.Select(Written).ToArray();
        // The written form of days sorts as the days do.
        return condition.Op switch
        {
            "is" or "on" => $"({value} = any({Add(texts)}))",
            "before" => $"({value} <> '' and {value} collate \"C\" < {Add(texts[0])})",
            "after" => $"({value} <> '' and {value} collate \"C\" > {Add(texts[0])})",
            "between" => $"({value} <> '' and {value} collate \"C\" >= {Add(texts[0])} and {value} collate \"C\" <= {Add(texts[1])})",
            _ => Unfit(condition),
        };
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
