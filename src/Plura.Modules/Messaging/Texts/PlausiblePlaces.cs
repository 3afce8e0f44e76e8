using System.Collections.Frozen;
using NodaTime.TimeZones;
using PhoneNumbers;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>
/// Where the owner of a number may be: where the number was given out, where they live, and the time zone they declared. All of them count, because
/// numbers move with people and addresses grow old.
/// </summary>
/// <param name="Country">Of the number, ISO 3166 alpha-2; empty where nobody knows.</param>
/// <param name="Zones">IANA names in order, with a blank between.</param>
/// <param name="Regions">States that may have hours of their own: <c>US-FL</c>, with a blank between.</param>
public sealed record PlausiblePlaces(string Country, string Zones, string Regions)
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberOfflineGeocoder Geocoder = PhoneNumberOfflineGeocoder.GetInstance();

    private static readonly FrozenDictionary<string, string[]> OfCountry = TzdbDateTimeZoneSource.Default.ZoneLocations!
        .GroupBy(l => l.CountryCode, l => l.ZoneId, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    /// <param name="number">In E.164.</param>
    /// <param name="lives">As far as the account knows.</param>
    /// <param name="otherwise">Where they are taken to be when nothing says it.</param>
    public static PlausiblePlaces Of(string number, Whereabouts? lives, string otherwise)
    {
        var (country, area) = Given(number);
        var places = new List<(string Country, string Area)>(2);
        if (country.Length > 0)
            places.Add((country, area));
        if (lives is { Country.Length: > 0 } there)
        {
            var region = NorthAmerica.Code(there.Country, there.Region) ?? "";
            // A country alone says nothing that the number has not said already.
            if (there.Country != country || region.Length > 0)
                places.Add((there.Country, region));
        }

        var zones = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var place in places)
            zones.UnionWith(NorthAmerica.Zones(place.Country, place.Area) ?? OfCountry.GetValueOrDefault(place.Country, []));
        if (lives is { TimeZone.Length: > 0 })
            zones.Add(lives.TimeZone);
        if (zones.Count == 0)
            zones.Add(otherwise);
        var regions = new SortedSet<string>(places.Where(p => p.Area.Length > 0).Select(p => $"{p.Country}-{p.Area}"), StringComparer.Ordinal);
        return new PlausiblePlaces(country, string.Join(' ', zones), string.Join(' ', regions));
    }

    /// <summary>Where a number was given out: its country, and in North America its state or province where its first digits say it.</summary>
    private static (string Country, string Area) Given(string number)
    {
        try
        {
            var parsed = Numbers.Parse(number, null);
            var country = Numbers.GetRegionCodeForNumber(parsed) ?? Numbers.GetRegionCodeForCountryCode(parsed.CountryCode);
            if (country is null or "ZZ" or "001")
                return ("", "");
            if (parsed.CountryCode != 1)
                return (country, "");
            var place = Geocoder.GetDescriptionForValidNumber(parsed, Locale.English);
            if (NorthAmerica.Code(country, place) is { } area)
                return (country, area);
            // Both countries share one numbering plan; the place says which it is.
            return country == "US" && NorthAmerica.Code("CA", place) is { } province ? ("CA", province) : (country, "");
        }
        catch (NumberParseException)
        {
            return ("", "");
        }
    }
}
