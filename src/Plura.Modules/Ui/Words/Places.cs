using System.Globalization;
using NodaTime.TimeZones;

namespace Plura.Ui;

/// <summary>Countries and time zones as people choose and read them; both come from the platform's own data.</summary>
public static class Places
{
    /// <summary>ISO 3166 alpha-2, by their English names.</summary>
    public static readonly IReadOnlyList<Choice> Countries =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(c => new RegionInfo(c.Name))
            .Where(r => r.TwoLetterISORegionName.Length == 2 && r.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
            .DistinctBy(r => r.TwoLetterISORegionName)
            .Select(r => new Choice(r.TwoLetterISORegionName, r.EnglishName))
            .OrderBy(c => c.Text, StringComparer.Ordinal),
    ];

    /// <summary>IANA names.</summary>
    public static readonly IReadOnlyList<Choice> TimeZones =
    [
        .. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(l => l.ZoneId).Append("Etc/UTC").Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(id => new Choice(id, id.Replace('_', ' ').Replace("/", " / ", StringComparison.Ordinal))),
    ];

    private static readonly Dictionary<string, string> Codes = Countries
        .SelectMany(c => new[] { (Word: c.Value, c.Value), (Word: c.Text, c.Value) }).DistinctBy(c => c.Word, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(c => c.Word, c => c.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The two letters of a country that is given by them or by its English name; null where it is none.</summary>
    public static string? Country(string text) => Codes.GetValueOrDefault(text.Trim());

    public static string NameOf(string code) => Countries.FirstOrDefault(c => c.Value == code)?.Text ?? code;
}
