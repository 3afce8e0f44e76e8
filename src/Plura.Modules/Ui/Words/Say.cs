using System.Globalization;

namespace Plura.Ui;

/// <summary>How numbers, counts, money and times are put into words, the same on every page.</summary>
public static class Say
{
    /// <summary>English, with figures as the person of this request reads them.</summary>
    public static CultureInfo Culture => Reading.Current.Culture;

    public static string Number(long value) => value.ToString("N0", Culture);

    /// <summary><c>1 contact</c>, <c>2,000 contacts</c>, <c>no contacts</c>.</summary>
    public static string Count(long value, string one, string? many = null) =>
        value switch
        {
            0 => "no " + (many ?? one + "s"),
            1 => "1 " + one,
            _ => Number(value) + " " + (many ?? one + "s"),
        };

    /// <summary>The same words where a sentence begins with them: <c>No contacts</c>.</summary>
    public static string First(string words) => char.ToUpper(words[0], Culture) + words[1..];

    /// <summary><c>42 %</c>, <c>0.4 %</c>, and a dash where there is nothing to divide by.</summary>
    public static string Share(long part, long whole)
    {
        if (whole == 0)
            return "–";
        var percent = 100.0 * part / whole;
        return percent.ToString(percent is > 0 and < 10 ? "0.#" : "0", Culture) + " %";
    }

    /// <summary><c>312 bytes</c>, <c>40 KB</c>, <c>1.2 MB</c>, <c>3.4 GB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => $"{Number(bytes / 1024)} KB",
        < 1024 * 1024 * 1024 => $"{(bytes / 1024.0 / 1024.0).ToString("0.#", Culture)} MB",
        _ => $"{(bytes / 1024.0 / 1024.0 / 1024.0).ToString("0.#", Culture)} GB",
    };

    /// <summary>Minor units and an ISO 4217 currency: <c>€1,250.00</c>.</summary>
    public static string Money(long minor, string currency)
    {
        var digits = MinorDigits(currency);
        var amount = (minor / (decimal)Math.Pow(10, digits)).ToString("N" + digits, Culture);
        return currency switch
        {
            "EUR" => "€" + amount,
            "GBP" => "£" + amount,
            "USD" => "$" + amount,
            _ => amount + "\u00a0" + currency,
        };
    }

    /// <summary>How many digits of an amount in minor units are cents.</summary>
    public static int MinorDigits(string currency) => currency is "JPY" or "KRW" or "CLP" or "ISK" or "VND" ? 0 : 2;

    /// <summary>A moment in a few words, as a person would say it now.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var today = TimeZoneInfo.ConvertTime(now, zone);
        var days = (local.Date - today.Date).Days;
        var apart = (now - at).Duration();
        if (apart < TimeSpan.FromSeconds(60))
            return at <= now ? "just now" : "in a moment";
        if (apart < TimeSpan.FromMinutes(60))
            return at <= now ? $"{(int)apart.TotalMinutes} min ago" : $"in {(int)apart.TotalMinutes} min";
        return days switch
        {
            0 => (at <= now ? "today " : "today at ") + local.ToString(Reading.Current.Clock, Culture),
            -1 => "yesterday " + local.ToString(Reading.Current.Clock, Culture),
            1 => "tomorrow " + local.ToString(Reading.Current.Clock, Culture),
            _ => local.ToString(local.Year == today.Year ? Reading.Current.Day : Reading.Current.DayOfYear, Culture),
        };
    }

    /// <summary>The whole moment: <c>Tuesday 3 May 2026, 14:05</c>.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(Reading.Current.Moment, Culture);

    /// <summary>A day: <c>3 May 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString(Reading.Current.LongDay, Culture);

    /// <summary>The first letters of a name, for the mark beside it.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var one] => StringInfo.GetNextTextElement(one).ToUpper(Culture),
            _ => (StringInfo.GetNextTextElement(words[0]) + StringInfo.GetNextTextElement(words[^1])).ToUpper(Culture),
        };
    }
}
