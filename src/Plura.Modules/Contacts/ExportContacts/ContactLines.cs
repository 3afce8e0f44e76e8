using System.Globalization;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>Contacts as lines of a CSV file (RFC 4180), with the account's own fields as they are now.</summary>
public sealed class ContactLines
{
    private readonly List<CustomField> fields;

    private ContactLines(List<CustomField> fields) => this.fields = fields;

    /// <summary>The first line.</summary>
    public string Header => Line(["First name", "Last name", "Company", "E-mail", "Phone", "Other e-mails", "Other phones", "Tags", "Date of birth", "Street", "Postal code", "City", "Region", "Country", "Time zone", "Source", "Added", "Id", .. fields.Select(f => f.Label)]);

    /// <param name="fieldBook">The account's fields.</param>
    /// <param name="sensitive">Also those that say something sensitive: they leave only where somebody asked for it.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ContactLines> Of(FieldBook fieldBook, bool sensitive, CancellationToken ct) =>
        new([.. (await fieldBook.Every(CustomField.OnContacts, ct)).Where(f => sensitive || f.Privacy != FieldPrivacy.Sensitive)]);

    public string Of(ContactView row) => Line(
    [
        row.FirstName, row.LastName, row.Company, row.Email ?? "", row.Phone ?? "",
        Others(row.Emails), Others(row.Phones), string.Join(", ", row.Tags),
        row.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", row.Street, row.PostalCode, row.City, row.Region, row.Country, row.TimeZone, row.Source,
        row.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), row.Id.ToString(),
        .. fields.Select(f => FieldValues.Listed(f, row.Fields.GetValueOrDefault(f.Key, ""))),
    ]);

    /// <summary>A cell that a spreadsheet would run as a formula becomes text; a telephone number stays one.</summary>
    public static string Cell(string value)
    {
        value = ErrorRows.Harmless(value);
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    private static string Others(IReadOnlyList<AddressView> addresses) => string.Join(", ", addresses.Skip(1).Select(a => a.Normal));

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell));
}
