namespace Plura.Platform;

/// <summary>How the person of this scope reads: times in their account's zone. UTC until an account is entered.</summary>
public sealed class Viewer
{
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <param name="timeZone">An IANA name; an unknown one leaves UTC.</param>
    public void ReadIn(string timeZone)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
            Zone = zone;
    }

    public void ReadAs(Viewer other) => Zone = other.Zone;
}
