using System.Globalization;
using Plura.Contacts.Data;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>When a task is due and how often it comes, as people say it.</summary>
public static class TaskWords
{
    /// <summary><c>today 14:00</c>, <c>tomorrow</c>, <c>3 May</c>; null for any day.</summary>
    public static string? Due(TaskView task, DateOnly today)
    {
        if (task.Due is not { } due)
            return null;
        var day = DateOnly.ParseExact(due[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var words = (day.DayNumber - today.DayNumber) switch
        {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            > 1 and < 7 => day.ToString("dddd", Say.Culture),
            _ => day.ToString(day.Year == today.Year ? Reading.Current.Day : Reading.Current.DayOfYear, Say.Culture),
        };
        return due.Length > 10 ? $"{words} {TimeOnly.ParseExact(due[11..], "HH:mm", CultureInfo.InvariantCulture).ToString(Reading.Current.Clock, Say.Culture)}" : words;
    }

    public static string Repeat(string repeat) => repeat switch
    {
        Repeats.Daily => "every day",
        Repeats.Weekly => "every week",
        Repeats.Monthly => "every month",
        Repeats.Yearly => "every year",
        _ => "not again",
    };
}
