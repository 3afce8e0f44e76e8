using NodaTime;

namespace Plura.Contacts.Data;

/// <summary>How often a task comes again, counted in local days.</summary>
public static class Repeats
{
    public const string Never = "none";
    public const string Daily = "daily";
    public const string Weekly = "weekly";
    public const string Monthly = "monthly";
    public const string Yearly = "yearly";

    public static readonly IReadOnlyList<string> All = [Never, Daily, Weekly, Monthly, Yearly];

    /// <summary>
    /// The next day after <paramref name="due"/> that is not past. Counted from the first day, so that a task of the 31st is due on the last day of a
    /// shorter month and on the 31st again after it.
    /// </summary>
    public static DateOnly Next(string repeat, DateOnly first, DateOnly due, DateOnly today)
    {
        var (start, after) = (LocalDate.FromDateOnly(first), LocalDate.FromDateOnly(due));
        var earliest = LocalDate.FromDateOnly(today);
        var step = repeat switch
        {
            Daily => Period.Between(start, after, PeriodUnits.Days).Days,
            Weekly => (int)Period.Between(start, after, PeriodUnits.Weeks).Weeks,
            Monthly => (int)Period.Between(start, after, PeriodUnits.Months).Months,
            _ => (int)Period.Between(start, after, PeriodUnits.Years).Years,
        };
        LocalDate next;
        do
            next = Step(repeat, start, ++step);
        while (next <= after || next < earliest);
        return next.ToDateOnly();
    }

    private static LocalDate Step(string repeat, LocalDate start, int step) => repeat switch
    {
        Daily => start.PlusDays(step),
        Weekly => start.PlusWeeks(step),
        Monthly => start.PlusMonths(step),
        Yearly => start.PlusYears(step),
        _ => throw new ArgumentOutOfRangeException(nameof(repeat), repeat, "This does not repeat."),
    };
}

/// <summary>Local times of an account as moments. One that the clocks skip becomes the moment as much later; of two that are the same, the earlier.</summary>
public static class LocalTimes
{
    /// <summary>When something due on a day is late: at its time, or when the day is over.</summary>
    public static DateTimeOffset End(DateOnly day, TimeOnly? time, string zone) => time is { } at
        ? Moment(day.ToDateTime(at), zone)
        : Of(zone).AtStartOfDay(LocalDate.FromDateOnly(day).PlusDays(1)).ToDateTimeOffset().ToUniversalTime();

    public static DateTimeOffset Moment(DateTime local, string zone) =>
        LocalDateTime.FromDateTime(local).InZoneLeniently(Of(zone)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>The day that it is in a zone.</summary>
    public static DateOnly Day(DateTimeOffset now, string zone) => Instant.FromDateTimeOffset(now).InZone(Of(zone)).Date.ToDateOnly();

    private static DateTimeZone Of(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
}
