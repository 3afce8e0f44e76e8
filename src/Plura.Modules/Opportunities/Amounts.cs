using System.Globalization;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Opportunities;

/// <summary>The account's currency, and amounts as people write them.</summary>
public sealed class Amounts(IAccountDirectory accounts, Tenant tenant)
{
    public const long Most = 1_000_000_000_000_00;

    /// <summary>What forms offer beside the account's own; the API takes every currency.</summary>
    private static readonly string[] Usual = ["AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "INR", "JPY", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "ZAR"];

    private string? currency;

    /// <summary>That of the country in which the business is.</summary>
    public async Task<string> Currency(CancellationToken ct) => currency ??= Of((await accounts.Account(tenant.Id, ct))?.Country ?? "");

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

    /// <summary>The currencies that a form offers, its own first.</summary>
    public static IEnumerable<Choice> Choices(string own) => Usual.Where(c => c != own).Prepend(own).Select(c => new Choice(c, c));

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

    /// <summary>As a field shows it again: figures only.</summary>
    public static string? Text(long? minor, string currency)
    {
        if (minor is not { } value)
            return null;
        var digits = Say.MinorDigits(currency);
        var part = (long)Math.Pow(10, digits);
        return value % part == 0
            ? (value / part).ToString(CultureInfo.InvariantCulture)
            : (value / (decimal)part).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Sums of several currencies side by side: <c>€1,200 + $300</c>; a dash where there is nothing.</summary>
    public static string Words(IEnumerable<(string Currency, long Minor)> sums)
    {
        var worth = sums.Where(s => s.Minor != 0).OrderByDescending(s => s.Minor).Select(s => Say.Money(s.Minor, s.Currency)).ToList();
        return worth.Count == 0 ? "–" : string.Join(" + ", worth);
    }
}
