using System.Globalization;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>
/// The one written form of each kind's values: text as it is, numbers in plain decimals (<c>-12.5</c>), money as an amount with its currency's
/// digits (<c>1250.00</c>), days as <c>2026-11-23</c>, phone numbers as <c>+14155550123</c>, addresses in lower case, web addresses whole, a
/// checkbox as <c>true</c> or <c>false</c>, several choices one a line in the field's own order, a file as its id and its name (<see cref="FileValues"/>).
/// </summary>
public static class FieldValues
{
    public const int Longest = 2000;
    private const int LongestLine = 500;

    /// <summary>An index holds what must be unique, and has its limits.</summary>
    public const int LongestUnique = 200;

    /// <summary>The written form, or null where the text does not fit the field.</summary>
    public static string? Written(CustomField field, string value, string region)
    {
        var text = value.Trim().ReplaceLineEndings("\n");
        if (text.Length > Longest || text.Contains('\0', StringComparison.Ordinal))
            return null;
        var written = field.Kind switch
        {
            CustomField.Number => FieldBook.Number(text),
            CustomField.Money => Money(text, field.Currency),
            CustomField.Date => FieldBook.Date(text),
            CustomField.Phone => AddressForms.Phone(text, region),
            CustomField.Email => AddressForms.Email(text),
            CustomField.Url => Url(text),
            CustomField.Checkbox => FieldBook.Checkbox(text),
            CustomField.Choice => field.Choosable().FirstOrDefault(c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)),
            CustomField.Multiple => Several(field, text),
            // A file is looked for among those that were uploaded: FieldBook.
            CustomField.File => null,
            _ => text,
        };
        return field.IsUnique && written?.Length > LongestUnique ? null : written;
    }

    /// <summary>What to type instead.</summary>
    public static string Complaint(IOwnField field) => field.Kind switch
    {
        CustomField.Number => $"“{field.Label}” takes a number, for example 12.5.",
        CustomField.Money => $"“{field.Label}” takes an amount in {field.Currency}, for example {(Say.MinorDigits(field.Currency) == 0 ? "1250" : "1250.00")}.",
        CustomField.Date => $"“{field.Label}” takes a date, written like 2026-11-23.",
        CustomField.Phone => $"“{field.Label}” takes a phone number. Numbers from another country begin with + and the country code.",
        CustomField.Email => $"“{field.Label}” takes an e-mail address, for example ann@example.com.",
        CustomField.Url => $"“{field.Label}” takes a web address, for example https://example.com.",
        CustomField.Checkbox => $"“{field.Label}” is either yes or no.",
        CustomField.Choice => $"“{field.Label}” takes one of: {string.Join(", ", field.Choosable())}.",
        CustomField.Multiple => $"“{field.Label}” takes any of: {string.Join(", ", field.Choosable())}.",
        CustomField.File => $"“{field.Label}” takes a file. Choose it on the page; a program uploads it first and gives its id.",
        _ => field is CustomField { IsUnique: true } ? $"“{field.Label}” takes at most {LongestUnique} characters." : $"“{field.Label}” takes at most {Longest:N0} characters.",
    };

    /// <summary>As people read it.</summary>
    public static string Shown(IOwnField field, string value) => field.Kind switch
    {
        CustomField.Checkbox => value == "true" ? "Yes" : "No",
        CustomField.Money => Minor(field.Currency, value) is { } minor ? Say.Money(minor, field.Currency) : value,
        CustomField.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Say.Day(day) : value,
        _ => Listed(field, value),
    };

    /// <summary>As files and letters hold it: several choices on one line, a file by its name, the rest in its written form.</summary>
    public static string Listed(IOwnField field, string value) => field.Kind switch
    {
        CustomField.Multiple => value.Replace("\n", ", ", StringComparison.Ordinal),
        CustomField.File => FileValues.Name(value),
        _ => value,
    };

    /// <summary>An amount in minor units.</summary>
    public static long? Minor(string currency, string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? (long)(amount * (decimal)Math.Pow(10, Say.MinorDigits(currency))) : null;

    private static string? Money(string text, string currency)
    {
        var below = text.StartsWith('-');
        return Currencies.Parse(below ? text[1..] : text, currency) is { } minor
            ? ((below ? -minor : minor) / (decimal)Math.Pow(10, Say.MinorDigits(currency))).ToString("F" + Say.MinorDigits(currency), CultureInfo.InvariantCulture) : null;
    }

    public static string? Url(string text)
    {
        if (text.Length > LongestLine || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return null;
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Host.Contains('.', StringComparison.Ordinal)
            ? uri.AbsoluteUri is { } address && uri is { AbsolutePath: "/", Query: "", Fragment: "" } ? address.TrimEnd('/') : uri.AbsoluteUri
            : null;
    }

    /// <summary>One a line, or between semicolons, or between commas where no choice has one.</summary>
    private static string? Several(CustomField field, string text)
    {
        var options = field.Choosable();
        foreach (var separators in (char[][])[['\n', ';', '|'], ['\n', ';', '|', ',']])
        {
            var parts = text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length > 0 && parts.All(p => options.Contains(p, StringComparer.OrdinalIgnoreCase)))
                return string.Join('\n', options.Where(o => parts.Contains(o, StringComparer.OrdinalIgnoreCase)));
        }

        return null;
    }
}
