using System.Globalization;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>When a business is open, where it is. Days that it does not open are null; Sunday is the first.</summary>
public sealed record BusinessHours(IReadOnlyList<OpenHours?> Days, TimeZoneInfo Zone)
{
    private const int Farthest = 400;

    /// <param name="lines">Seven lines as <see cref="OpenHours.Read"/> reads them; null for always open.</param>
    /// <param name="zone">Where the business is.</param>
    public static BusinessHours? Of(IReadOnlyList<string>? lines, TimeZoneInfo zone) => lines is null ? null : new BusinessHours([.. lines.Select(l => OpenHours.Read(l).Value)], zone);

    public bool IsOpen(DateTimeOffset at) => Windows(at).FirstOrDefault() is { } next && next.From <= at;

    /// <summary>The moment at which so much time of opening hours has passed; null where it never opens.</summary>
    public DateTimeOffset? Add(DateTimeOffset from, TimeSpan open)
    {
        foreach (var (begins, ends) in Windows(from))
        {
            var start = begins > from ? begins : from;
            if (ends - start >= open)
                return start + open;
            open -= ends - start;
        }

        return null;
    }

    /// <summary>Since when it is closed; null while it is open, and where it never was.</summary>
    public DateTimeOffset? Closed(DateTimeOffset at) => IsOpen(at) ? null : Ended(at);

    /// <summary>When it opens next; null while it is open, and where it never does.</summary>
    public DateTimeOffset? Opens(DateTimeOffset at) => Windows(at).FirstOrDefault() is { } next && next.From > at ? next.From : null;

    private DateTimeOffset? Ended(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).Date);
        // Two windows may end on one day: the one that began the evening before, and that day's own.
        return Enumerable.Range(0, Farthest).Select(ago => Window.Of(Days[(int)day.AddDays(-ago).DayOfWeek], day.AddDays(-ago), Zone)).OfType<Window>()
            .Select(w => (DateTimeOffset?)w.Until).FirstOrDefault(until => until <= at);
    }

    /// <summary>The times at which it is open that end after a moment, in order.</summary>
    private IEnumerable<Window> Windows(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).Date).AddDays(-1);
        for (var ahead = 0; ahead < Farthest; ahead++)
        {
            if (Window.Of(Days[(int)day.AddDays(ahead).DayOfWeek], day.AddDays(ahead), Zone) is { } window && window.Until > at)
                yield return window;
        }
    }

    private sealed record Window(DateTimeOffset From, DateTimeOffset Until)
    {
        /// <summary>Null where it does not open on that day, or the clocks leave all of it out.</summary>
        public static Window? Of(OpenHours? hours, DateOnly day, TimeZoneInfo zone)
        {
            if (hours is null)
                return null;
            var (from, until) = (zone.MomentOf(day, hours.From), zone.MomentOf(hours.Until <= hours.From ? day.AddDays(1) : day, hours.Until));
            return until > from ? new Window(from, until) : null;
        }
    }
}

/// <summary>From when until when; where the end is not behind the beginning it is on the next day.</summary>
public sealed record OpenHours(TimeOnly From, TimeOnly Until)
{
    private static readonly string[] Formats = ["%H", "H:mm", "HH:mm"];

    /// <param name="line"><c>09:00-17:00</c>, <c>9-17</c>; empty for closed.</param>
    public static Result<OpenHours?> Read(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return (OpenHours?)null;
        var parts = line.Split('-', '–', '—');
        return parts.Length == 2 && Time(parts[0]) is { } from && Time(parts[1]) is { } until && from != until
            ? (OpenHours?)new OpenHours(from, until)
            : Refusal.Invalid("hours.format", $"“{line.Trim()}” is no opening hours. Write them as 09:00-17:00, or leave the day empty.", "Hours");
    }

    public override string ToString() => $"{From:HH\\:mm}-{Until:HH\\:mm}";

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : text.Trim() is "24" or "24:00" ? TimeOnly.MinValue : null;
}
