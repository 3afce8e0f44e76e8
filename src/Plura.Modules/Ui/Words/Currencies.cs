using System.Globalization;

namespace Plura.Ui;

/// <summary>Currencies as people choose them, and amounts as they write them.</summary>
public static class Currencies
{
    /// <summary>What forms offer beside the account's own; the API takes every currency.</summary>
    private static readonly string[] Usual = ["AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "INR", "JPY", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "ZAR"];

    /// <summary>That of a country.</summary>
    public static string Of(string country)
    {
        try
        {
            return new RegionInfo(country).ISOCurrencySymbol is { Length: 3 } symbol && symbol != "XXX" ? symbol : "EUR";
        }
        catch (ArgumentException)
        {
            // A country that this machine's tables do not know: the amount still needs a currency.
            return "EUR";
        }
    }

    /// <summary>The currencies that a form offers, its own first where there is one.</summary>
    public static IEnumerable<Choice> Choices(string? own) => (own is null ? Usual : Usual.Where(c => c != own).Prepend(own)).Select(c => new Choice(c, c));

    public static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary><c>1,250.50</c>, <c>1.250,50</c>, <c>1250</c>, <c>$1,250</c>: the last mark parts the cents where as many figures follow as the currency has.</summary>
    public static long? Parse(string text, string currency)
    {
        var digits = Say.MinorDigits(currency);
        var figures = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is ',' or '.'));
        if (figures.Length == 0 || text.Any(c => char.IsLetter(c) && !currency.Contains(char.ToUpperInvariant(c), StringComparison.Ordinal)) || text.Contains('-', StringComparison.Ordinal))
            return null;
        var mark = figures.LastIndexOfAny([',', '.']);
        var behind = mark < 0 ? "" : figures[(mark + 1)..];
        var parted = mark >= 0 && behind.Length > 0 && behind.Length <= digits;
        // Neither cents nor a group of thousands: nobody can say what was meant.
        if (mark >= 0 && !parted && behind.Length is not (0 or 3))
            return null;
        var whole = string.Concat((parted ? figures[..mark] : figures).Where(char.IsAsciiDigit));
        var minor = parted ? behind.PadRight(digits, '0') : new string('0', digits);
        return (whole + minor).Length <= 16 && long.TryParse(whole + minor, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
