namespace Plura.Platform;

/// <summary>How the person of this scope reads: times in the zone they chose, else in their account's. UTC until either is known.</summary>
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
