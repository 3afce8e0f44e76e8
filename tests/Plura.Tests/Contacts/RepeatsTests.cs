using System.Globalization;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

public sealed class RepeatsTests
{
    [Theory]
    [InlineData("daily", "2026-11-01", "2026-11-01", "2026-11-01", "2026-11-02")]
    [InlineData("daily", "2026-11-01", "2026-11-01", "2026-11-20", "2026-11-20")]
    [InlineData("weekly", "2026-11-02", "2026-11-02", "2026-11-25", "2026-11-30")]
    [InlineData("weekly", "2026-11-02", "2026-11-02", "2026-11-09", "2026-11-09")]
    [InlineData("weekly", "2026-11-02", "2026-11-09", "2026-11-03", "2026-11-16")]
    [InlineData("monthly", "2026-01-31", "2026-01-31", "2026-01-31", "2026-02-28")]
    [InlineData("monthly", "2026-01-31", "2026-02-28", "2026-02-28", "2026-03-31")]
    [InlineData("yearly", "2024-02-29", "2024-02-29", "2024-02-29", "2025-02-28")]
    [InlineData("yearly", "2024-02-29", "2027-02-28", "2027-03-01", "2028-02-29")]
    public void The_next_day_is_counted_from_the_first_and_is_not_past(string repeat, string first, string due, string today, string next) =>
        Assert.Equal(Day(next), Repeats.Next(repeat, Day(first), Day(due), Day(today)));

    [Fact]
    public void A_local_time_stays_what_it_is_when_the_clocks_change()
    {
        Assert.Equal(new DateTimeOffset(2026, 10, 31, 13, 0, 0, TimeSpan.Zero), LocalTimes.End(Day("2026-10-31"), new TimeOnly(9, 0), "America/New_York"));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero), LocalTimes.End(Day("2026-11-02"), new TimeOnly(9, 0), "America/New_York"));
        // Half past two does not exist on that night: an hour later does.
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 7, 30, 0, TimeSpan.Zero), LocalTimes.End(Day("2026-03-08"), new TimeOnly(2, 30), "America/New_York"));
        // Due on a day is late when the day is over.
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 5, 0, 0, TimeSpan.Zero), LocalTimes.End(Day("2026-11-01"), null, "America/New_York"));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
