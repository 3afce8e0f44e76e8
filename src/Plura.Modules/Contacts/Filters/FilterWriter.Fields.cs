using System.Globalization;
using System.Text.RegularExpressions;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>The conditions about the account's own fields, each by its kind.</summary>
public sealed partial class FilterWriter
{
    private const int YearAndDash = 5;
    private const int MonthAndDay = 5;

    /// <summary>What stands in a field of the account's own.</summary>
    /// <param name="row">Of the row with this name in the statement.</param>
    private string ValueOf(string row, CustomField field) => $"coalesce({row}.fields->>{Add(field.Key)}, '')";

    private Leaf Custom(Condition condition, CustomField field, string value)
    {
        if (condition.Op == "empty")
            return Empty(condition.Field, value);
        return field.Kind switch
        {
            CustomField.Number or CustomField.Money => Number(condition, field, value),
            CustomField.Date => Day(condition, value),
            CustomField.Checkbox => condition.Op == "is" && FieldBook.Checkbox(condition.Values[0]) is { } yes
                ? new Leaf($"(({value} = 'true') = {Add(yes == "true")})") { Test = Held(condition.Field, v => v.Raw == "true" == (yes == "true")) } : Unfit(condition),
            CustomField.Multiple => condition.Op == "is" ? Several(condition, value) : Unfit(condition),
            CustomField.Phone or CustomField.Email or CustomField.Url when condition.Op == "is" => Whole(condition, field, value),
            CustomField.Phone when condition.Op is "contains" or "starts" or "ends" => Text(condition with { Values = [.. condition.Values.Select(v => string.Concat(v.Where(c => char.IsAsciiDigit(c) || c == '+')))] }, value, folded: false),
            // Its name is what people ask for; before it stands its id.
            CustomField.File => Text(condition, $"substr(contacts.fold({value}), {FileValues.BeforeName + 1})", skip: FileValues.BeforeName),
            _ => Text(condition, $"contacts.fold({value})"),
        };
    }

    /// <summary>An address is the one that is meant, however it is typed.</summary>
    private Leaf Whole(Condition condition, CustomField field, string value)
    {
        var written = new List<string>();
        foreach (var text in condition.Values)
        {
            if (FieldValues.Written(field, text, facts.Region) is not { } whole)
                return Refuse(FieldValues.Complaint(field));
            written.Add(whole);
        }

        return new Leaf($"({value} = any({Add(written.ToArray())}))") { Test = Held(condition.Field, v => written.Contains(v.Raw, StringComparer.Ordinal)) };
    }

    private Leaf Several(Condition condition, string value)
    {
        var chosen = condition.Values.Select(v => ContactText.Fold(v.Trim())).ToArray();
        return new Leaf($"(string_to_array(contacts.fold({value}), chr(10)) && {Add(chosen)})")
        {
            Test = Held(condition.Field, v => v.Folded.Length > 0 && v.Folded.Split('\n').Any(line => Array.IndexOf(chosen, line) >= 0)),
        };
    }

    private Leaf Number(Condition condition, CustomField field, string value)
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
            "is" => Fits($"coalesce({read} = any({Add(numbers.ToArray())}), false)", numbers.Contains),
            "less" => Fits($"coalesce({read} < {Add(numbers[0])}, false)", n => n < numbers[0]),
            "more" => Fits($"coalesce({read} > {Add(numbers[0])}, false)", n => n > numbers[0]),
            "between" when numbers.Count == 2 => Fits($"coalesce({read} between {Add(numbers[0])} and {Add(numbers[1])}, false)", n => n >= numbers[0] && n <= numbers[1]),
            "between" => Refuse($"Between which two numbers? The condition on “{condition.Field}” needs both."),
            _ => Unfit(condition),
        };

        Leaf Fits(string sql, Func<decimal, bool> fits) => new(sql) { Test = Held(condition.Field, v => Stored(v.Raw) is { } number && fits(number)) };
    }

    /// <summary>A number as fields hold it; null where the text is none. What was written by a decimal is read by one without loss.</summary>
    private static decimal? Stored(string text) =>
        Digits().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^-?[0-9]{1,29}(\.[0-9]{1,29})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Digits();

    private Leaf Day(Condition condition, string value)
    {
        if (condition.Op == "each_year")
            return EachYear(condition) is { } comes ? Told(condition, $"(substr({value}, 6, 5) = any({Add(comes)}))", ComesRound(comes)) : "false";
        if (IsRelative(condition))
        {
            if (Around(condition) is not { } span)
                return "false";
            var (first, last) = (Written(span.From), Written(span.To));
            return Told(condition, $"({value} <> '' and {value} collate \"C\" >= {Add(first)} and {value} collate \"C\" <= {Add(last)})", IsWithin(first, last));
        }

        if (Days(condition) is not { } days)
            return "false";
        var texts = days.Select(Written).ToArray();
        // The written form of days sorts as the days do.
        return condition.Op switch
        {
            "is" or "on" => Told(condition, $"({value} = any({Add(texts)}))", day => Array.IndexOf(texts, day) >= 0),
            "before" => Told(condition, $"({value} <> '' and {value} collate \"C\" < {Add(texts[0])})", IsBefore(texts[0])),
            "after" => Told(condition, $"({value} <> '' and {value} collate \"C\" > {Add(texts[0])})", IsAfter(texts[0])),
            "between" => Told(condition, $"({value} <> '' and {value} collate \"C\" >= {Add(texts[0])} and {value} collate \"C\" <= {Add(texts[1])})", IsWithin(texts[0], texts[1])),
            _ => Unfit(condition),
        };
    }

    /// <summary>A condition on a day: in SQL, and of the day's written form.</summary>
    private static Leaf Told(Condition condition, string sql, Func<string, bool> fits) => new(sql) { Test = Held(condition.Field, v => fits(v.Raw)) };

    private static Func<string, bool> IsBefore(string day) => text => text.Length > 0 && string.CompareOrdinal(text, day) < 0;

    private static Func<string, bool> IsAfter(string day) => text => text.Length > 0 && string.CompareOrdinal(text, day) > 0;

    private static Func<string, bool> IsWithin(string first, string last) =>
        text => text.Length > 0 && string.CompareOrdinal(text, first) >= 0 && string.CompareOrdinal(text, last) <= 0;

    private static Func<string, bool> ComesRound(string[] monthsAndDays) =>
        text => text.Length > YearAndDash && Array.IndexOf(monthsAndDays, text.Substring(YearAndDash, Math.Min(MonthAndDay, text.Length - YearAndDash))) >= 0;

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
