using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>The kinds of custom fields in people's words, and what each can do.</summary>
public static class FieldKinds
{
    public static readonly IReadOnlyList<(string Kind, string Label, string Hint)> All =
    [
        (CustomField.Text, "Text", "One line"),
        (CustomField.LongText, "Long text", "Several lines"),
        (CustomField.Number, "Number", "For example 12.5"),
        (CustomField.Money, "Money", "An amount in one currency"),
        (CustomField.Date, "Date", "A day of the calendar"),
        (CustomField.Phone, "Phone number", "Checked, and written in one form"),
        (CustomField.Email, "E-mail address", "A further address that nobody writes to by itself"),
        (CustomField.Url, "Web address", "A link"),
        (CustomField.Checkbox, "Yes or no", "A box to tick"),
        (CustomField.Choice, "One of several", "You say what can be chosen"),
        (CustomField.Multiple, "Any of several", "You say what can be chosen"),
        (CustomField.File, "File", "A contract, a picture: one file that is uploaded"),
    ];

    /// <summary>Whose fields there are.</summary>
    public static readonly IReadOnlyList<string> Entities = [CustomField.OnContacts, CustomField.OnCompanies, CustomField.OnOpportunities];

    public static bool Known(string kind) => All.Any(k => k.Kind == kind);

    public static string Label(string kind) => All.FirstOrDefault(k => k.Kind == kind).Label ?? kind;

    public static bool HasOptions(string kind) => kind is CustomField.Choice or CustomField.Multiple;

    /// <summary>Opportunities stand in another module, whose values nobody watches.</summary>
    public static bool CanBeUnique(string kind, string entity) => CanBeUnique(kind) && entity != CustomField.OnOpportunities;

    /// <summary>"contacts".</summary>
    public static string Plural(string entity) => entity switch { CustomField.OnCompanies => "companies", CustomField.OnOpportunities => "opportunities", _ => "contacts" };

    /// <summary>Short values that can tell one from another.</summary>
    private static bool CanBeUnique(string kind) =>
        kind is CustomField.Text or CustomField.Number or CustomField.Phone or CustomField.Email or CustomField.Url;
}
