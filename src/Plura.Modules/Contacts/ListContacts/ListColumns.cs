using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A column of a list of contacts.</summary>
/// <param name="Word">For smart lists and the API: <c>city</c>, or <c>fields.</c> and a custom field's key.</param>
/// <param name="Text">What stands above it.</param>
/// <param name="Field">The custom field that it shows, or null.</param>
public sealed record ListColumn(string Word, string Text, CustomField? Field = null)
{
    /// <summary>Stands at the right, digits under digits.</summary>
    public bool IsNumber => Field?.Kind is CustomField.Number or CustomField.Money;

    /// <summary>How it can be changed in the list itself: <c>text</c>, <c>date</c>, <c>email</c>, <c>tel</c>, <c>choice</c>; null where it cannot.</summary>
    public string? Edit => Field?.Kind switch
    {
        CustomField.Multiple or CustomField.LongText => null,
        CustomField.Date => "date",
        CustomField.Choice or CustomField.Checkbox => "choice",
        not null => "text",
        null => Word switch
        {
            "email" => "email",
            "phone" => "tel",
            "date_of_birth" => "date",
            "company" or "source" or "street" or "postal_code" or "city" or "region" => "text",
            _ => null,
        },
    };
}

/// <summary>What can stand beside the names in a list of contacts.</summary>
public sealed class ListColumns(FieldBook book)
{
    public const int Most = 12;
    private const string CustomPrefix = "fields.";

    /// <summary>What stands there where nobody chose.</summary>
    public static readonly IReadOnlyList<string> Usual = ["email", "phone", "tags", "permission", "assignee", "added"];

    private static readonly IReadOnlyList<ListColumn> BuiltIn =
    [
        new("email", "E-mail"), new("phone", "Phone"), new("company", "Company"), new("tags", "Tags"), new("permission", "Permission"), new("assignee", "Assigned to"),
        new("source", "Source"), new("date_of_birth", "Date of birth"), new("street", "Street"), new("postal_code", "Postal code"), new("city", "City"), new("region", "State or region"),
        new("country", "Country"), new("time_zone", "Time zone"), new("added", "Added"), new("changed", "Changed"),
    ];

    private IReadOnlyList<ListColumn>? all;

    public async Task<IReadOnlyList<ListColumn>> All(CancellationToken ct) =>
        all ??= [.. BuiltIn, .. (await book.Every(CustomField.OnContacts, ct)).Select(f => new ListColumn(CustomPrefix + f.Key, f.Label, f))];

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

    private static Refusal Refused(string text) => Refusal.Invalid("list.columns", text, nameof(KeepList.Columns));
}
