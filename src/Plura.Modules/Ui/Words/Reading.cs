using System.Globalization;

namespace Plura.Ui;

/// <summary>
/// How one person reads numbers, dates and times. The product's words are English, whatever they choose: so months and days keep their
/// English names, and what changes is how figures are parted, the order of a date, and the clock.
/// </summary>
/// <param name="Code">A language tag: <c>de</c>, <c>en-US</c>.</param>
/// <param name="Name">In English, for the list to choose from.</param>
/// <param name="Culture">English names with the chosen figures.</param>
/// <param name="American">Month before day, and a clock of twelve hours.</param>
public sealed record Reading(string Code, string Name, CultureInfo Culture, bool American)
{
    public static readonly Reading Usual = Of("en", "English");

    public static readonly IReadOnlyList<Reading> All =
    [
        Of("en-GB", "British English"), Of("en-US", "American English", american: true), Of("de", "German"), Of("de-CH", "Swiss German"), Of("es", "Spanish"),
        Of("fr", "French"), Of("it", "Italian"), Of("nl", "Dutch"), Of("pl", "Polish"), Of("pt", "Portuguese"), Of("sv", "Swedish"),
    ];

    private static readonly AsyncLocal<Reading?> Here = new();

    /// <summary>The reading of the person for whom this request is answered; the usual one where nobody chose.</summary>
    public static Reading Current => Here.Value ?? Usual;

    public static Reading? Find(string code) => All.FirstOrDefault(r => string.Equals(r.Code, code, StringComparison.Ordinal));

    /// <summary>From here on, and in all that is called from here.</summary>
    public static void Use(string? code) => Here.Value = code is null ? null : Find(code);

    /// <summary>What the page says its words are: English, whose English may differ.</summary>
    public string Language => Code.StartsWith("en", StringComparison.Ordinal) ? Code : "en";

    public string Day => American ? "MMM d" : "d MMM";

    public string LongDay => American ? "MMMM d, yyyy" : "d MMMM yyyy";

    public string DayOfYear => American ? "MMM d, yyyy" : "d MMM yyyy";

    public string Clock => American ? "h:mm tt" : "HH:mm";

    public string Moment => (American ? "dddd, " : "dddd ") + LongDay + ", " + Clock;

    /// <summary><c>3 May 2026, 14:05 · 1,234.50</c></summary>
    public string Example => new DateTime(2026, 5, 3, 14, 5, 0, DateTimeKind.Unspecified).ToString(DayOfYear + ", " + Clock, Culture) + " · " + 1234.5m.ToString("N2", Culture);

    private static Reading Of(string code, string name, bool american = false)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("en-GB").Clone();
        culture.NumberFormat = CultureInfo.GetCultureInfo(code == "en" ? "en-GB" : code).NumberFormat;
        return new Reading(code, name, CultureInfo.ReadOnly(culture), american);
    }
}
