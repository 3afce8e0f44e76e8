using System.Globalization;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>A column of a list of contacts.</summary>
/// <param name="Word">For smart lists and the API: <c>city</c>, or <c>fields.</c> and a custom field's key.</param>
/// <param name="Text">What stands above it.</param>
public sealed record ListColumn(string Word, string Text)
{
    /// <summary>The custom field that it shows, or null.</summary>
    public CustomField? Field { get; init; }

    /// <summary>How it can be changed in the list itself: <c>text</c>, <c>date</c>, <c>email</c>, <c>tel</c>, <c>choice</c>; null where it cannot.</summary>
    public string? Edit { get; init; }

    /// <summary>What a contact has there, in its written form; null where it is shown in a way of its own.</summary>
    public Func<ContactView, string>? Read { get; init; }

    /// <summary>Asks for another value; there wherever <see cref="Edit"/> is.</summary>
    public Action<EditContact, string>? Write { get; init; }

    /// <summary>Stands at the right, digits under digits.</summary>
    public bool IsNumber => Field?.Kind is CustomField.Number or CustomField.Money;

    public static ListColumn Of(CustomField field) => new($"fields.{field.Key}", field.Label)
    {
        Field = field,
        Read = contact => contact.Fields.GetValueOrDefault(field.Key, ""),
        Write = (edit, value) => edit.Fields[field.Key] = value,
        Edit = field.Kind switch
        {
            CustomField.Multiple or CustomField.LongText or CustomField.File => null,
            CustomField.Date => "date",
            CustomField.Choice or CustomField.Checkbox => "choice",
            _ => "text",
        },
    };
}

/// <summary>What can stand beside the names in a list of contacts.</summary>
public sealed class ListColumns(FieldBook book)
{
    public const int Most = 12;

    /// <summary>What stands there where nobody chose.</summary>
    public static readonly IReadOnlyList<string> Usual = ["email", "phone", "tags", "permission", "assignee", "added"];

    private static readonly IReadOnlyList<ListColumn> BuiltIn =
    [
        Changed("email", "E-mail", c => c.Email ?? "", (e, v) => e.Email = v, "email"), Changed("phone", "Phone", c => c.Phone ?? "", (e, v) => e.Phone = v, "tel"),
        Changed("company", "Company", c => c.Company, (e, v) => e.Company = v), new("tags", "Tags"), new("permission", "Permission"), new("assignee", "Assigned to"),
        Changed("source", "Source", c => c.Source, (e, v) => e.Source = v),
        Changed("date_of_birth", "Date of birth", c => c.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", (e, v) => e.DateOfBirth = v, "date"),
        Changed("street", "Street", c => c.Street, (e, v) => e.Street = v), Changed("postal_code", "Postal code", c => c.PostalCode, (e, v) => e.PostalCode = v),
        Changed("city", "City", c => c.City, (e, v) => e.City = v), Changed("region", "State or region", c => c.Region, (e, v) => e.Region = v),
        new("country", "Country") { Read = c => c.Country.Length == 0 ? "" : Places.NameOf(c.Country) }, new("time_zone", "Time zone") { Read = c => c.TimeZone }, new("added", "Added"), new("changed", "Changed"),
    ];

    private IReadOnlyList<ListColumn>? all;

    public async Task<IReadOnlyList<ListColumn>> All(CancellationToken ct) =>
        all ??= [.. BuiltIn, .. (await book.Every(CustomField.OnContacts, ct)).Select(ListColumn.Of)];

    /// <summary>The columns of these words; one whose field is gone is left out.</summary>
    public async Task<IReadOnlyList<ListColumn>> Of(IReadOnlyList<string> words, CancellationToken ct)
    {
        var known = (await All(ct)).ToDictionary(c => c.Word, StringComparer.Ordinal);
        return [.. (words.Count == 0 ? Usual : words).Select(w => known.GetValueOrDefault(w)).OfType<ListColumn>()];
    }

    public async Task<Refusal?> Check(IReadOnlyList<string> words, CancellationToken ct)
    {
        if (words.Count > Most)
            return Refused($"A list shows at most {Most} columns.");
        var known = (await All(ct)).Select(c => c.Word).ToHashSet(StringComparer.Ordinal);
        return words.FirstOrDefault(w => !known.Contains(w)) is { } unknown ? Refused($"There is no column called “{unknown}”.")
            : words.Distinct(StringComparer.Ordinal).Count() < words.Count ? Refused("A column stands in a list once.") : null;
    }

    private static ListColumn Changed(string word, string text, Func<ContactView, string> read, Action<EditContact, string> write, string edit = "text") =>
        new(word, text) { Read = read, Write = write, Edit = edit };

    private static Refusal Refused(string text) => Refusal.Invalid("list.columns", text, nameof(KeepList.Columns));
}
