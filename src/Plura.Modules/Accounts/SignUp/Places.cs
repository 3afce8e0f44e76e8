using System.Globalization;
using NodaTime.TimeZones;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>Countries and time zones as a person chooses them; both come from the platform's own data.</summary>
internal static class Places
{
    public static readonly IReadOnlyList<Choice> Countries =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(c => new RegionInfo(c.Name))
            .Where(r => r.TwoLetterISORegionName.Length == 2 && r.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
            .DistinctBy(r => r.TwoLetterISORegionName)
            .Select(r => new Choice(r.TwoLetterISORegionName, r.EnglishName))
            .OrderBy(c => c.Text, StringComparer.Ordinal),
    ];

    public static readonly IReadOnlyList<Choice> TimeZones =
    [
        .. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(l => l.ZoneId).Append("Etc/UTC").Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(id => new Choice(id, id.Replace('_', ' ').Replace("/", " / ", StringComparison.Ordinal))),
    ];
}
