using System.Globalization;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Contacts as lines of a CSV file, with the account's own fields as they are now.</summary>
public sealed class ContactLines
{
    private readonly List<(string Key, CustomField? Field)> fields;

    private ContactLines(IEnumerable<(string Key, CustomField? Field)> fields) => this.fields = [.. fields];

    /// <summary>The own fields that are in it, by which <see cref="With"/> writes further lines of the same file.</summary>
    public IReadOnlyList<string> Keys => [.. fields.Select(f => f.Key)];

    /// <summary>The first line.</summary>
    public string Header => Csv.Line(["First name", "Last name", "Company", "E-mail", "Phone", "Other e-mails", "Other phones", "Tags", "Date of birth", "Street", "Postal code", "City", "Region", "Country", "Time zone", "Source", "Added", "Id", .. fields.Select(f => f.Field?.Label ?? f.Key)]);

    /// <param name="fieldBook">The account's fields.</param>
    /// <param name="sensitive">Also those that say something sensitive: they leave only where somebody asked for it.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ContactLines> Of(FieldBook fieldBook, bool sensitive, CancellationToken ct) =>
        new((await fieldBook.Every(CustomField.OnContacts, ct)).Where(f => sensitive || f.Privacy != FieldPrivacy.Sensitive).Select(f => (f.Key, (CustomField?)f)));

    /// <summary>With these own fields and no others, whatever was added since; one that is gone keeps its place and stays empty.</summary>
    public static async Task<ContactLines> With(FieldBook fieldBook, IEnumerable<string> keys, CancellationToken ct)
    {
        var known = (await fieldBook.Every(CustomField.OnContacts, ct)).ToDictionary(f => f.Key, StringComparer.Ordinal);
        return new(keys.Select(k => (k, known.GetValueOrDefault(k))));
    }

    public string Of(ContactView row) => Csv.Line(
    [
        row.FirstName, row.LastName, row.Company, row.Email ?? "", row.Phone ?? "",
        Others(row.Emails), Others(row.Phones), string.Join(", ", row.Tags),
        row.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", row.Street, row.PostalCode, row.City, row.Region, row.Country, row.TimeZone, row.Source,
        row.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), row.Id.ToString(),
        .. fields.Select(f => f.Field is { } field ? FieldValues.Listed(field, row.Fields.GetValueOrDefault(f.Key, "")) : ""),
    ]);

    private static string Others(IReadOnlyList<AddressView> addresses) => string.Join(", ", addresses.Skip(1).Select(a => a.Normal));
}
