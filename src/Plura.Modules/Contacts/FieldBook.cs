using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The account's custom fields: which there are, and whether values fit them.</summary>
public sealed partial class FieldBook(PluraDb db, IAccountDirectory accounts) : IOwnFields
{
    public const int Most = 200;

    private string? region;

    /// <summary>The fields of contacts that are in use.</summary>
    public Task<IReadOnlyList<CustomField>> All(CancellationToken ct) => Of(CustomField.OnContacts, ct);

    /// <summary>The fields in use of one kind of thing, in their order.</summary>
    public async Task<IReadOnlyList<CustomField>> Of(string entity, CancellationToken ct) =>
        [.. (await Every(entity, ct)).Where(f => f.RetiredAt is null)];

    public async Task<IReadOnlyList<IOwnField>> Asked(string entity, CancellationToken ct) => await Of(entity, ct);

    /// <summary>All fields of all things, also retired ones.</summary>
    public async Task<IReadOnlyList<CustomField>> Everywhere(CancellationToken ct)
    {
        var every = new List<CustomField>();
        foreach (var entity in FieldKinds.Entities)
            every.AddRange(await Every(entity, ct));
        return every;
    }

    /// <summary>Also those that were retired: their values are still there.</summary>
    public async Task<IReadOnlyList<CustomField>> Every(string entity, CancellationToken ct) =>
        await db.CustomFields.AsNoTracking().Where(f => f.Entity == entity).OrderBy(f => f.Position).ThenBy(f => f.Label).ToListAsync(ct);

    public Task<Result<IReadOnlyDictionary<string, string>>> Read(IReadOnlyDictionary<string, string> values, CancellationToken ct) =>
        Read(CustomField.OnContacts, values, Needed.Nothing, ct);

    /// <summary>Checks values by their fields' kinds and brings them to their written form. An empty value stays, and empties the field.</summary>
    public async Task<Result<IReadOnlyDictionary<string, string>>> Read(string entity, IReadOnlyDictionary<string, string> values, Needed needed, CancellationToken ct)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (values.Count == 0 && needed != Needed.Everything)
            return read;
        Refusal? wrong = null;
        var fields = await Of(entity, ct);
        region ??= (await accounts.Account(db.Tenant.Id, ct))?.Country ?? "US";
        foreach (var (key, value) in values)
        {
            if (fields.FirstOrDefault(f => f.Key == key) is not { } field)
                wrong = Refused(wrong, key, $"Your {FieldKinds.Plural(entity)} have no field called “{key}”.");
            else if (string.IsNullOrWhiteSpace(value))
                read[key] = "";
            else if ((field.IsFile ? await Uploaded(field, value, ct) : FieldValues.Written(field, value, region)) is { } written)
                read[key] = written;
            else
                wrong = Refused(wrong, key, FieldValues.Complaint(field));
        }

        foreach (var field in fields.Where(f => f.IsRequired))
        {
            var missing = needed == Needed.Everything ? read.GetValueOrDefault(field.Key, "").Length == 0 && wrong?.Fields.ContainsKey($"Fields.{field.Key}") != true
                : needed == Needed.WhatIsNamed && read.TryGetValue(field.Key, out var given) && given.Length == 0;
            if (missing)
                wrong = Refused(wrong, field.Key, $"“{field.Label}” must be filled in.");
        }

        return wrong is null ? read : wrong;
    }

    /// <summary>A file that was kept for this field. Whether it may be this thing's is said when the thing takes it.</summary>
    private async Task<string?> Uploaded(CustomField field, string value, CancellationToken ct) =>
        FileValues.Id(value) is { } id && await db.FieldFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.FieldId == field.Id, ct) is { } file
            ? FileValues.Of(file.Id, file.FileName) : null;

    /// <summary>As people write it too: <c>1,234.5</c>, <c>1,234,567</c> and <c>1.234,5</c>. One comma alone, as in <c>1,000</c>, may mean either and is refused.</summary>
    public static string? Number(string text)
    {
        if (English().IsMatch(text))
            text = text.Replace(",", "", StringComparison.Ordinal);
        else if (Continental().IsMatch(text))
            text = text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"^-?[0-9]{1,3}((,[0-9]{3})+\.[0-9]+|(,[0-9]{3}){2,})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex English();

    [GeneratedRegex(@"^-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Continental();

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

    private static Refusal? Refused(Refusal? wrong, string key, string text) => Refusal.Together(wrong, Refusal.Invalid("contact.field", text, $"Fields.{key}"));
}
