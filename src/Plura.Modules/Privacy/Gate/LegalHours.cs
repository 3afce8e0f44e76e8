using System.Globalization;
using NodaTime;

namespace Plura.Privacy;

/// <summary>
/// When marketing may reach somebody by text: the hours that are legal in all places in which they may be, at once. The law's own are 8 to 21 o'clock; ours keep an
/// hour's distance at both ends. Where two readings of a state's law exist the narrower stands here until a lawyer has said otherwise. A changed number is a new
/// version of the rule.
/// </summary>
public sealed class LegalHours
{
    /// <summary>Edges lie on full hours, and no zone's offset has been finer than this for a century.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(8);

    private static readonly DayHours Usual = new(9, 20);

    /// <summary>Hours on weekdays and Saturdays, and on Sundays; null for none.</summary>
    private static readonly Dictionary<string, (DayHours Week, DayHours? Sunday)> Own = new(StringComparer.Ordinal)
    {
        ["US-AL"] = (Usual, null),
        ["US-CT"] = (new(9, 20), new(9, 20)),
        ["US-FL"] = (new(8, 20), new(8, 20)),
        ["US-LA"] = (Usual, null),
        ["US-MS"] = (Usual, null),
        ["US-OK"] = (new(8, 20), new(8, 20)),
        ["US-TX"] = (new(9, 21), new(12, 21)),
    };

    private readonly DateTimeZone[] zones;
    private readonly DayHours week;
    private readonly DayHours? sunday;

    private LegalHours(DateTimeZone[] zones, DayHours week, DayHours? sunday) => (this.zones, this.week, this.sunday) = (zones, week, sunday);

    public string Zones => string.Join(' ', zones.Select(z => z.Id));

    public string Words => string.Create(CultureInfo.InvariantCulture, $"{week}{(sunday is null ? ", not on Sundays" : sunday == week ? "" : $", Sundays {sunday}")}");

    /// <param name="zones">IANA names with a blank between. Where there are none, or only unknown ones: UTC.</param>
    /// <param name="regions">Those of a country with hours of their own: <c>US-FL</c>.</param>
    public static LegalHours Of(string zones, string regions)
    {
        var known = zones.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(z => DateTimeZoneProviders.Tzdb.GetZoneOrNull(z)).OfType<DateTimeZone>().ToArray();
        var (week, sunday) = (Usual, (DayHours?)Usual);
        foreach (var region in regions.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Own.TryGetValue(region, out var own))
                (week, sunday) = (week.And(own.Week), own.Sunday is { } theirs ? sunday?.And(theirs) : null);
        }

        return new LegalHours(known.Length == 0 ? [DateTimeZone.Utc] : known, week, sunday);
    }

    /// <summary>The moment itself where it is legal, else the next that is; null where the places are so far apart that there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset now)
    {
        if (Legal(now))
            return now;
        var quarter = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Step.Ticks), TimeSpan.Zero);
        for (var at = quarter + Step; at <= now + Farthest; at += Step)
        {
            if (Legal(at))
                return at;
        }

        return null;
    }

    public bool Legal(DateTimeOffset at)
    {
        var instant = Instant.FromDateTimeOffset(at);
        return Array.TrueForAll(zones, zone => Legal(instant.InZone(zone)));
    }

    private bool Legal(ZonedDateTime there) => (there.DayOfWeek == IsoDayOfWeek.Sunday ? sunday : week) is { } hours && there.Hour >= hours.From && there.Hour < hours.To;
}

/// <summary>From a full hour to another, by the clock on the wall; the last hour has ended at <paramref name="To"/>.</summary>
internal sealed record DayHours(int From, int To)
{
    public DayHours And(DayHours other) => new(Math.Max(From, other.From), Math.Min(To, other.To));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}:00-{To}:00");
}
