namespace Plura.Contacts.Contracts;

/// <summary>How long what was deleted can come back: contacts and companies, and what hangs on them in other modules.</summary>
public static class BinTime
{
    public static readonly TimeSpan After = TimeSpan.FromDays(60);

    /// <summary>When what was deleted then is gone for good, in words.</summary>
    public static string Ends(DateTimeOffset deletedAt, DateTimeOffset now) => Math.Ceiling((deletedAt + After - now).TotalDays) switch
    {
        <= 0 => "any moment",
        <= 1 => "tomorrow",
        var days => $"in {days} days",
    };
}
