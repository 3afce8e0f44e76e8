using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What "later", "tomorrow" and "next week" mean.</summary>
public static class SnoozeTimes
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    /// <summary>The words of the choice, and what the menu says.</summary>
    public static readonly IReadOnlyList<(string Word, string Text)> All = [("later", "Later today, in three hours"), ("tomorrow", "Tomorrow at 9"), ("next_week", "Next Monday at 9")];

    public static DateTimeOffset Of(string word, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (word == "later")
            return now + TimeSpan.FromHours(3);
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var days = word == "tomorrow" ? 1 : ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 6) % 7 + 1;
        return zone.MomentOf(today.AddDays(days) + Morning);
    }
}
