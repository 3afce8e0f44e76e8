using System.Globalization;
using System.Text.RegularExpressions;
using Plura.Contacts.Data;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>Guesses what a new field takes from what stands in its column: a kind is guessed only where every value we saw fits it.</summary>
public static partial class KindGuess
{
    private const int MostChoices = 10;
    private const int EnoughRows = 12;

    private static readonly HashSet<string> MoneyWords = new(StringComparer.Ordinal)
    {
        "price", "amount", "total", "revenue", "turnover", "spend", "spent", "totalspent", "balance", "budget", "dealvalue", "lifetimevalue", "preis", "betrag", "summe", "umsatz", "saldo",
        "gesamtumsatz", "prix", "montant", "chiffredaffaires", "precio", "importe", "monto", "facturacion",
    };

    /// <param name="header">The column's name.</param>
    /// <param name="values">What stands in it, without empty cells.</param>
    /// <param name="region">The account's country: how dates are written there.</param>
    public static string Of(string header, IReadOnlyList<string> values, string region)
    {
        if (values.Count == 0)
            return CustomField.Text;
        if (values.Any(v => v.Length > 150 || v.Contains('\n', StringComparison.Ordinal)))
            return CustomField.LongText;
        if (values.All(v => ForeignValues.Checkbox(v) is not null) && !values.All(v => v is "0" or "1"))
            return CustomField.Checkbox;
        if (values.All(ColumnGuess.LooksLikeEmail))
            return CustomField.Email;
        if (values.All(v => Web().IsMatch(v) && FieldValues.Url(v) is not null))
            return CustomField.Url;
        if (values.All(v => (FieldBook.Date(v) ?? ForeignValues.Day(v, region)) is not null && !WithHours().IsMatch(v)))
            return CustomField.Date;
        var currency = Currencies.Of(region);
        if (values.All(IsNumber))
            return MoneyWords.Contains(ColumnWords.Plain(header)) && values.All(v => Cents().IsMatch(v) && Currencies.Parse(v, currency) is not null) ? CustomField.Money : CustomField.Number;
        if (values.All(v => Sign().Match(v) is { Success: true } sign && IsOf(sign.Value, currency) && Currencies.Parse(v, currency) is not null))
            return CustomField.Money;
        if (values.All(ColumnGuess.LooksLikePhone) && values.Any(v => v.StartsWith('0') || !v.All(char.IsAsciiDigit)))
            return CustomField.Phone;
        var different = values.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return values.Count >= EnoughRows && different is > 1 and <= MostChoices && different * 3 <= values.Count && values.All(v => v.Length <= 40 && !v.AsSpan().ContainsAny(';', '|') && !v.Any(char.IsControl))
            ? CustomField.Choice : CustomField.Text;
    }

    /// <summary>A number that stays the same when it is one: 007 and a card's number are names.</summary>
    private static bool IsNumber(string value) =>
        value.Length < 18 && !LeadingZero().IsMatch(value) && value.Count(char.IsAsciiDigit) is > 0 and < 15 && FieldBook.Number(ForeignValues.Number(value)) is not null;

    [GeneratedRegex(@"^(https?://|www\.)\S+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Web();

    [GeneratedRegex(@"\d[ T]\d{1,2}:\d\d", RegexOptions.CultureInvariant)]
    private static partial Regex WithHours();

    [GeneratedRegex(@"^-?0\d", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingZero();

    /// <summary>Whether the sign may stand for the currency that the field will have.</summary>
    private static bool IsOf(string sign, string currency) => sign switch
    {
        "€" => currency == "EUR",
        "£" => currency == "GBP",
        "¥" => currency is "JPY" or "CNY",
        "₹" => currency == "INR",
        "$" => currency is "MXN" || currency.EndsWith('D'),
        _ => sign == currency,
    };

    [GeneratedRegex(@"^\d+([.,]\d{1,2})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Cents();

    [GeneratedRegex(@"\p{Sc}|(?<![A-Z])[A-Z]{3}(?![A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();
}

/// <summary>Days, numbers and yes-or-no as people of other countries and programs write them.</summary>
public static partial class ForeignValues
{
    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "ja", "j", "y", "oui", "si", "sí", "wahr", "vrai", "verdadero", "x", "✓" };
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "nein", "n", "non", "falsch", "faux", "falso" };

    /// <summary>In the written form of a field; null where it is neither.</summary>
    public static string? Checkbox(string text) => FieldBook.Checkbox(text) ?? (Yes.Contains(text) ? "true" : No.Contains(text) ? "false" : null);

    /// <summary>With a point before its decimals and nothing between its thousands: of a comma and a point the later one is before the decimals.</summary>
    public static string Number(string text)
    {
        var plain = Gaps().Replace(text, "");
        var (comma, point) = (plain.LastIndexOf(','), plain.LastIndexOf('.'));
        if (comma >= 0 && point >= 0)
            return comma > point ? plain.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : plain.Replace(",", "", StringComparison.Ordinal);
        if (comma >= 0 && plain.IndexOf(',') != comma)
            return Thousands().IsMatch(plain) ? plain.Replace(",", "", StringComparison.Ordinal) : plain;
        if (point >= 0 && plain.IndexOf('.') != point)
            return Thousands().IsMatch(plain) ? plain.Replace(".", "", StringComparison.Ordinal) : plain;
        return plain.Replace(',', '.');
    }

    /// <summary>In the written form of a field; null where it is no day.</summary>
    public static string? Day(string text, string region)
    {
        string[] forms = region == "US"
            ? ["d.M.yyyy", "M/d/yyyy", "yyyy/M/d", "yyyy-M-d", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm"]
            : ["d.M.yyyy", "d/M/yyyy", "yyyy/M/d", "yyyy-M-d", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm"];
        return DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"[\s'’\u00A0\u202F]", RegexOptions.CultureInvariant)]
    private static partial Regex Gaps();

    [GeneratedRegex(@"^-?\d{1,3}([.,]\d{3})+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Thousands();
}
