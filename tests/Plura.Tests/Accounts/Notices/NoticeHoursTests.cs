using System.Globalization;
using Plura.Accounts.Data;

namespace Plura.Tests;

public sealed class NoticeHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-06-01T20:30:00Z", "2026-06-02T05:00:00Z")] // 22:30 there, until 7 o'clock the next morning
    [InlineData("2026-06-02T04:59:00Z", "2026-06-02T05:00:00Z")] // 6:59
    [InlineData("2026-06-02T05:00:00Z", "2026-06-02T05:00:00Z")] // 7:00: over
    [InlineData("2026-06-02T19:59:00Z", "2026-06-02T19:59:00Z")] // 21:59: not begun
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")] // the night is an hour shorter
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")] // the night is an hour longer
    public void A_night_ends_in_the_persons_own_morning(string now, string awake) =>
        Assert.Equal(At(awake), Hours(new(22, 0), new(7, 0)).Awake(At(now), Berlin));

    [Fact]
    public void Quiet_hours_may_lie_within_a_day_and_need_not_be()
    {
        Assert.Equal(At("2026-06-01T12:00:00Z"), Hours(new(12, 0), new(14, 0)).Awake(At("2026-06-01T10:15:00Z"), Berlin));
        Assert.Equal(At("2026-06-01T12:30:00Z"), Hours(new(12, 0), new(14, 0)).Awake(At("2026-06-01T12:30:00Z"), Berlin));
        Assert.Equal(At("2026-06-01T01:00:00Z"), NoticeHours.Of(Guid.Empty).Awake(At("2026-06-01T01:00:00Z"), Berlin));
    }

    [Fact]
    public void A_morning_that_the_clock_leaves_out_comes_after_the_gap() =>
        Assert.Equal(At("2026-03-29T01:00:00Z"), Hours(new(22, 0), new(2, 30)).Awake(At("2026-03-28T23:00:00Z"), Berlin));

    [Fact]
    public void The_letter_of_the_day_comes_once_a_day()
    {
        var hours = NoticeHours.Of(Guid.Empty);
        Assert.Equal(At("2026-06-01T06:00:00Z"), hours.NextDigest(At("2026-06-01T05:59:00Z"), Berlin));
        Assert.Equal(At("2026-06-02T06:00:00Z"), hours.NextDigest(At("2026-06-01T06:00:00Z"), Berlin));
        Assert.Equal(At("2026-10-25T07:00:00Z"), hours.NextDigest(At("2026-10-24T06:00:00Z"), Berlin));
    }

    private static NoticeHours Hours(TimeOnly from, TimeOnly until)
    {
        var hours = NoticeHours.Of(Guid.Empty);
        hours.Become(from, until, NoticeHours.UsualDigest, names: true);
        return hours;
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
