using Plura.Contacts.Contracts;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class PlausiblePlacesTests
{
    [Theory]
    [InlineData("+12125550123", "US", "America/New_York", "US-NY")]
    [InlineData("+14155550123", "US", "America/Los_Angeles", "US-CA")]
    [InlineData("+18085550123", "US", "Pacific/Honolulu", "US-HI")]
    [InlineData("+16025550123", "US", "America/Denver America/Phoenix", "US-AZ")]
    [InlineData("+14165550123", "CA", "America/Toronto America/Winnipeg", "CA-ON")]
    [InlineData("+493012345678", "DE", "Europe/Berlin Europe/Busingen", "")]
    [InlineData("+33612345678", "FR", "Europe/Paris", "")]
    public void A_number_says_where_it_was_given_out(string number, string country, string zones, string regions) =>
        Assert.Equal(new PlausiblePlaces(country, zones, regions), PlausiblePlaces.Of(number, null, "Etc/UTC"));

    [Fact]
    public void A_toll_free_number_may_be_anywhere_in_the_country()
    {
        var zones = PlausiblePlaces.Of("+18005550123", null, "Etc/UTC").Zones.Split(' ');
        Assert.Contains("America/New_York", zones);
        Assert.Contains("Pacific/Honolulu", zones);
    }

    [Fact]
    public void Number_address_and_declared_zone_all_count()
    {
        var places = PlausiblePlaces.Of("+12125550123", new Whereabouts("US", "Texas", "Europe/Madrid"), "Etc/UTC");
        Assert.Equal(("America/Chicago America/Denver America/New_York Europe/Madrid", "US-NY US-TX"), (places.Zones, places.Regions));
    }

    [Fact]
    public void An_address_of_another_country_counts_and_the_same_country_adds_nothing()
    {
        Assert.Equal("America/New_York Europe/Paris", PlausiblePlaces.Of("+12125550123", new Whereabouts("FR", "", ""), "Etc/UTC").Zones);
        Assert.Equal("America/New_York", PlausiblePlaces.Of("+12125550123", new Whereabouts("US", "", ""), "Etc/UTC").Zones);
    }

    [Fact]
    public void Where_nothing_is_known_they_are_where_the_account_is() =>
        Assert.Equal(("", "Europe/Berlin"), (PlausiblePlaces.Of("71234", null, "Europe/Berlin").Country, PlausiblePlaces.Of("71234", null, "Europe/Berlin").Zones));

    [Theory]
    [InlineData("US", "San Francisco, CA", "CA")]
    [InlineData("US", "Washington State", "WA")]
    [InlineData("US", "new york", "NY")]
    [InlineData("US", "TX", "TX")]
    [InlineData("CA", "Quebec", "QC")]
    [InlineData("US", "Ontario", null)]
    [InlineData("DE", "Berlin", null)]
    public void States_are_known_by_code_name_and_place(string country, string place, string? code) => Assert.Equal(code, NorthAmerica.Code(country, place));

    [Fact]
    public void Every_zone_of_the_table_exists()
    {
        foreach (var code in "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".Split(' '))
            Assert.All(NorthAmerica.Zones("US", code)!, zone => Assert.NotNull(NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)));
        foreach (var code in "AB BC MB NB NL NS NT NU ON PE QC SK YT".Split(' '))
            Assert.All(NorthAmerica.Zones("CA", code)!, zone => Assert.NotNull(NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)));
    }
}
