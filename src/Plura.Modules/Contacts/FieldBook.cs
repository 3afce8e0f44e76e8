using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The account's custom fields, and the one written form of each kind's values.</summary>
public sealed class FieldBook(PluraDb db)
{
    public const int LongestValue = 2000;

    public async Task<IReadOnlyList<CustomField>> All(CancellationToken ct) =>
        await db.CustomFields.AsNoTracking().OrderBy(f => f.Position).ThenBy(f => f.Label).ToListAsync(ct);

    /// <summary>Checks values by their fields' kinds and brings them to their written form. An empty value stays, and empties the field.</summary>
    public async Task<Result<IReadOnlyDictionary<string, string>>> Read(IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (values.Count == 0)
            return read;
        Refusal? wrong = null;
        var fields = (await All(ct)).ToDictionary(f => f.Key, StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            if (!fields.TryGetValue(key, out var field))
                wrong = Refusal.Together(wrong, Refusal.Invalid("contact.field", $"You have no contact field called “{key}”.", $"Fields.{key}"));
            else if (string.IsNullOrWhiteSpace(value))
                read[key] = "";
            else if (Written(field, value) is { } written)
                read[key] = written;
            else
                wrong = Refusal.Together(wrong, Refusal.Invalid("contact.field", Complaint(field), $"Fields.{key}"));
        }

        return wrong is null ? read : wrong;
    }

    /// <summary>The written form of a value, or null where the text does not fit the field's kind.</summary>
    public static string? Written(CustomField field, string value)
    {
        var text = value.Trim();
        if (text.Length > LongestValue || text.Contains('\0', StringComparison.Ordinal))
            return null;
        return field.Kind switch
        {
            CustomField.Number => Number(text),
            CustomField.Date => Date(text),
            CustomField.Checkbox => Checkbox(text),
            CustomField.Choice => field.Choices.Split('\n').FirstOrDefault(c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)),
            _ => text,
        };
    }

    public static string? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : null;

    public static string? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    public static string? Checkbox(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => "true",
        "FALSE" or "NO" or "OFF" or "0" => "false",
        _ => null,
    };

    private static string Complaint(CustomField field) => field.Kind switch
    {
        CustomField.Number => $"“{field.Label}” takes a number, for example 12.5.",
        CustomField.Date => $"“{field.Label}” takes a date, written like 2026-11-23.",
        CustomField.Checkbox => $"“{field.Label}” is either yes or no.",
        CustomField.Choice => $"“{field.Label}” takes one of: {string.Join(", ", field.Choices.Split('\n'))}.",
        _ => $"“{field.Label}” takes at most {LongestValue:N0} characters.",
    };
}
