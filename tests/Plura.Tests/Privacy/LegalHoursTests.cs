using NodaTime;
using Plura.Privacy;

namespace Plura.Tests.Privacy;

public sealed class LegalHoursTests
{
    [Theory]
    [InlineData("2026-11-02T13:59:59Z", false)]
    [InlineData("2026-11-02T14:00:00Z", true)]
    [InlineData("2026-11-03T00:59:59Z", true)]
    [InlineData("2026-11-03T01:00:00Z", false)]
    public void Nine_in_the_morning_to_eight_in_the_evening_by_the_readers_clock(string at, bool legal) =>
        Assert.Equal(legal, LegalHours.Of("America/New_York", "US-NY").Legal(At(at)));

    [Theory]
    // The night on which the clock goes back: nine is an hour later by ours.
    [InlineData("2026-10-31T11:30:00Z", "2026-10-31T13:00:00Z")]
    [InlineData("2026-11-01T11:30:00Z", "2026-11-01T14:00:00Z")]
    // And forward in March.
    [InlineData("2027-03-13T12:30:00Z", "2027-03-13T14:00:00Z")]
    [InlineData("2027-03-14T06:30:00Z", "2027-03-14T13:00:00Z")]
    public void The_next_moment_follows_the_clock_when_it_changes(string now, string next) =>
        Assert.Equal(At(next), LegalHours.Of("America/New_York", "").Next(At(now)));

    [Fact]
    public void Several_places_share_only_the_hours_in_which_it_is_day_in_all()
    {
        var hours = LegalHours.Of("America/New_York America/Los_Angeles", "");
        Assert.Equal(At("2026-11-02T17:00:00Z"), hours.Next(At("2026-11-02T13:30:00Z")));
        Assert.True(hours.Legal(At("2026-11-03T00:59:00Z")));
        Assert.Equal(At("2026-11-03T17:00:00Z"), hours.Next(At("2026-11-03T01:00:00Z")));
    }

    [Theory]
    [InlineData("US-FL", "America/New_York", "2026-11-03T01:00:00Z", "2026-11-03T14:00:00Z")]
    [InlineData("US-TX", "America/Chicago", "2026-11-02T14:00:00Z", "2026-11-02T15:00:00Z")]
    // A Sunday: in Texas from noon, in Alabama not at all.
    [InlineData("US-TX", "America/Chicago", "2026-11-08T16:00:00Z", "2026-11-08T18:00:00Z")]
    [InlineData("US-AL", "America/Chicago", "2026-11-08T16:00:00Z", "2026-11-09T15:00:00Z")]
    [InlineData("US-AL US-TX", "America/Chicago", "2026-11-08T16:00:00Z", "2026-11-09T15:00:00Z")]
    public void States_have_hours_of_their_own(string region, string zone, string now, string next) =>
        Assert.Equal(At(next), LegalHours.Of(zone, region).Next(At(now)));

    [Fact]
    public void Places_too_far_apart_have_no_hour_in_common() =>
        Assert.Null(LegalHours.Of("America/Los_Angeles Europe/Berlin Asia/Tokyo", "").Next(At("2026-11-02T09:00:00Z")));

    [Fact]
    public void Whoever_is_nowhere_known_has_the_hours_of_greenwich() =>
        Assert.Equal(At("2026-11-02T09:00:00Z"), LegalHours.Of("", "").Next(At("2026-11-02T07:10:00Z")));

    [Fact]
    public void What_is_allowed_is_day_everywhere_around_each_change_of_every_clock()
    {
        var from = Instant.FromUtc(2026, 1, 1, 0, 0);
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            var hours = LegalHours.Of(id, "");
            foreach (var change in zone.GetZoneIntervals(from, from + Duration.FromDays(400)).Where(i => i.HasStart && i.Start > from))
            {
                for (var minutes = -720; minutes <= 720; minutes += 90)
                {
                    var now = (change.Start + Duration.FromMinutes(minutes)).ToDateTimeOffset();
                    var next = Assert.NotNull(hours.Next(now));
                    Assert.InRange(next - now, TimeSpan.Zero, TimeSpan.FromHours(14));
                    Assert.InRange(Instant.FromDateTimeOffset(next).InZone(zone).Hour, 9, 19);
                    // Nothing legal was passed over.
                    for (var before = next - TimeSpan.FromMinutes(1); before > now; before -= TimeSpan.FromMinutes(29))
                        Assert.False(hours.Legal(before), $"{id} {before:O}");
                }
            }
        }
    }

    [Fact]
    public void Of_several_places_with_hours_of_their_own_nothing_is_allowed_that_one_forbids_and_nothing_legal_is_passed_over()
    {
        var random = new Random(20261130);
        var ids = DateTimeZoneProviders.Tzdb.Ids.ToArray();
        (string State, int From, int To, int? SundayFrom, int SundayTo)[] states =
            [("", 9, 20, 9, 20), ("US-FL", 9, 20, 9, 20), ("US-TX", 9, 20, 12, 20), ("US-AL", 9, 20, null, 0), ("US-CT", 9, 20, 9, 20), ("US-MS", 9, 20, null, 0)];
        for (var round = 0; round < 400; round++)
        {
            var zones = Enumerable.Range(0, random.Next(1, 4)).Select(_ => DateTimeZoneProviders.Tzdb[ids[random.Next(ids.Length)]]).ToArray();
            var chosen = Enumerable.Range(0, random.Next(1, 3)).Select(_ => states[random.Next(states.Length)]).ToArray();
            var hours = LegalHours.Of(string.Join(' ', zones.Select(z => z.Id)), string.Join(' ', chosen.Select(c => c.State)));
            bool Allowed(DateTimeOffset at) => Array.TrueForAll(zones, zone => Array.TrueForAll(chosen, c =>
            {
                var there = Instant.FromDateTimeOffset(at).InZone(zone);
                return there.DayOfWeek == IsoDayOfWeek.Sunday ? there.Hour >= c.SundayFrom && there.Hour < c.SundayTo : there.Hour >= c.From && there.Hour < c.To;
            }));
            var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(2 * 365 * 24 * 60));
            var quarters = Enumerable.Range(0, (8 * 24 * 4) + 1).Select(q => q == 0 ? now : new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero).AddMinutes(15 * q));
            Assert.Equal(quarters.Where(Allowed).Select(q => (DateTimeOffset?)q).FirstOrDefault(), hours.Next(now));
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
