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
        (CustomField.Multiple, "Several of several", "You say what can be chosen"),
    ];

    /// <summary>The currencies that a field of money is offered in.</summary>
    public static readonly IReadOnlyList<string> Currencies =
        ["USD", "EUR", "GBP", "CHF", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY", "INR", "BRL", "MXN", "ZAR", "SGD", "AED"];

    public static bool Known(string kind) => All.Any(k => k.Kind == kind);

    public static string Label(string kind) => All.FirstOrDefault(k => k.Kind == kind).Label ?? kind;

    public static bool HasOptions(string kind) => kind is CustomField.Choice or CustomField.Multiple;

    /// <summary>Short values that can tell one from another.</summary>
    public static bool CanBeUnique(string kind) =>
        kind is CustomField.Text or CustomField.Number or CustomField.Phone or CustomField.Email or CustomField.Url;

    /// <summary>Digits behind the point, as <c>Say.Money</c> writes them.</summary>
    public static int Digits(string currency) => currency is "JPY" or "KRW" or "CLP" or "ISK" or "VND" ? 0 : 2;

    /// <summary>What a business in this country most likely counts in.</summary>
    public static string CurrencyOf(string country) => country switch
    {
        "US" => "USD",
        "GB" => "GBP",
        "CH" => "CHF",
        "AU" => "AUD",
        "CA" => "CAD",
        "NZ" => "NZD",
        "SE" => "SEK",
        "NO" => "NOK",
        "DK" => "DKK",
        "PL" => "PLN",
        "CZ" => "CZK",
        "HU" => "HUF",
        "JP" => "JPY",
        "IN" => "INR",
        "BR" => "BRL",
        "MX" => "MXN",
        "ZA" => "ZAR",
        "SG" => "SGD",
        "AE" => "AED",
        _ => "EUR",
    };
}
