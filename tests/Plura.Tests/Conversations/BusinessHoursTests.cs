using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class BusinessHoursTests
{
    private static readonly string[] Week = ["", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-12:00", ""];

    [Theory]
    [InlineData("2026-11-02T15:00", 60, "2026-11-02T16:00")]
    [InlineData("2026-11-02T16:30", 60, "2026-11-03T09:30")]
    [InlineData("2026-11-06T11:30", 60, "2026-11-09T09:30")]
    [InlineData("2026-11-07T03:00", 60, "2026-11-09T10:00")]
    [InlineData("2026-11-02T09:00", 480, "2026-11-02T17:00")]
    public void Time_passes_only_while_it_is_open(string from, int minutes, string due)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var hours = BusinessHours.Of(Week, zone)!;
        Assert.Equal(At(due, zone), hours.Add(At(from, zone), TimeSpan.FromMinutes(minutes)));
    }

    [Fact]
    public void Over_every_change_of_the_clocks_exactly_the_time_promised_passes()
    {
        string[] always = ["22:00-06:00", "22:00-06:00", "22:00-06:00", "22:00-06:00", "22:00-06:00", "22:00-06:00", "22:00-06:00"];
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var hours = BusinessHours.Of(always, zone)!;
            for (var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year == 2026; at = at.AddDays(3.7))
            {
                var due = hours.Add(at, TimeSpan.FromHours(5))!.Value;
                // Counted quarter by quarter, as a clock on the wall would.
                var open = 0;
                for (var quarter = at; quarter < due; quarter = quarter.AddMinutes(15))
                    open += hours.IsOpen(quarter) ? 15 : 0;
                Assert.True(Math.Abs(open - 300) <= 15, $"{zone.Id} from {at:O}: {open} minutes until {due:O}");
                Assert.Equal(hours.IsOpen(at), hours.Opens(at) is null);
            }
        }
    }

    [Theory]
    [InlineData("9-17", "09:00-17:00")]
    [InlineData(" 9:30 – 24:00 ", "09:30-00:00")]
    [InlineData("", null)]
    public void Hours_are_read_as_people_write_them(string text, string? read) => Assert.Equal(read, OpenHours.Read(text).Value?.ToString());

    [Theory]
    [InlineData("9 to 5")]
    [InlineData("25:00-26:00")]
    [InlineData("9:00-9:00")]
    [InlineData("9:00-12:00-13:00")]
    public void What_is_no_time_is_refused(string text) => Assert.Equal("hours.format", OpenHours.Read(text).Refusal?.Code);

    private static DateTimeOffset At(string local, TimeZoneInfo zone)
    {
        var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
