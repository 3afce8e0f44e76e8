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

    /// <summary>When it opens next; null while it is open, and where it never does.</summary>
    public DateTimeOffset? Opens(DateTimeOffset at) => Windows(at).FirstOrDefault() is { } next && next.From > at ? next.From : null;

    /// <summary>The times at which it is open that end after a moment, in order.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)?> WindowsAfter(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).Date).AddDays(-1);
        for (var ahead = 0; ahead < Farthest; ahead++, day = day.AddDays(1))
        {
            if (Days[(int)day.DayOfWeek] is not { } hours)
                continue;
            var (from, until) = (Zone.MomentOf(day, hours.From), Zone.MomentOf(hours.Until <= hours.From ? day.AddDays(1) : day, hours.Until));
            if (until > at && until > from)
                yield return (from, until);
        }
    }

    private IEnumerable<Window> Windows(DateTimeOffset at) => WindowsAfter(at).Select(w => new Window(w!.Value.From, w.Value.Until));

    private sealed record Window(DateTimeOffset From, DateTimeOffset Until);
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
