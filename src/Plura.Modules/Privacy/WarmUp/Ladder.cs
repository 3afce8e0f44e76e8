namespace Plura.Privacy;

/// <summary>
/// How fast a new account's daily limit grows. Receivers distrust a sender who is unknown today and writes to thousands tomorrow, and so do
/// we: Google calls a sender of 5,000 a day a bulk sender for ever. A step is a day on which the account sent and little came back, or a week
/// of its age, of which three count; a day on which too much came back is no step.
/// </summary>
public static class Ladder
{
    /// <summary>Messages a day, by the steps behind the account. Beyond the last there is no limit.</summary>
    private static readonly int[] Steps = [500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000];

    /// <summary>An account that has been here so long is established, whatever it sent.</summary>
    public static readonly TimeSpan Established = TimeSpan.FromDays(60);

    private const int WeeksThatCount = 3;

    /// <summary>At most one in twenty came back or was reported.</summary>
    public static bool Clean(long allowed, long bad) => allowed > 0 && bad * 20 <= allowed;

    /// <summary>The limit with so many clean days behind an account of that age; null where none holds.</summary>
    public static int? Limit(int cleanDays, TimeSpan age)
    {
        var step = cleanDays + Math.Min((int)(age.TotalDays / 7), WeeksThatCount);
        return age >= Established || step >= Steps.Length ? null : Steps[Math.Max(0, step)];
    }
}

/// <summary>What holds for an account today, and what will if its days stay clean.</summary>
/// <param name="Day">Today in the account's zone: the day that is counted.</param>
/// <param name="Limit">Messages today.</param>
/// <param name="Coming">The limits of the following days; the last is followed by a day without any.</param>
public sealed record WarmUp(DateOnly Day, int Limit, IReadOnlyList<int> Coming)
{
    /// <summary>In how many days there is room for whoever comes after so many others that found none today.</summary>
    public int DaysUntilRoom(int before)
    {
        for (var day = 0; day < Coming.Count; day++)
        {
            if (before < Coming[day])
                return day + 1;
            before -= Coming[day];
        }

        return Coming.Count + 1;
    }
}
