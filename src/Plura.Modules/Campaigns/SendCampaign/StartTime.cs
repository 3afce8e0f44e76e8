using NodaTime;
using NodaTime.Text;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Reads when a campaign shall start, as a local time of the account.</summary>
public static class StartTime
{
    private static readonly LocalDateTimePattern ToTheMinute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>The local time, or null for at once. One that the clocks skip becomes the moment as much later, so that what is shown is what happens.</summary>
    public static Result<DateTime?> Read(string? text, string zoneName, DateTimeOffset now)
    {
        if (text is null)
            return (DateTime?)null;
        var zone = DateTimeZoneProviders.Tzdb[zoneName];
        LocalDateTime local;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } instant)
            local = instant.Value.InZone(zone).LocalDateTime;
        else if (ToTheMinute.Parse(text) is { Success: true } minute)
            local = minute.Value;
        else if (LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } exact)
            local = exact.Value;
        else
            return Refusal.Invalid("campaign.time", "This is not a date and time. It looks like 2026-12-01T09:00.", nameof(SendCampaign.At));

        var start = local.InZoneLeniently(zone);
        // A minute's grace: the form offers whole minutes.
        if (start.ToInstant() < Instant.FromDateTimeOffset(now) - Duration.FromMinutes(1))
            return Refusal.Invalid("campaign.time_passed", $"This time has passed: it is {Instant.FromDateTimeOffset(now).InZone(zone):HH:mm} on {Instant.FromDateTimeOffset(now).InZone(zone):d MMMM yyyy} in {zoneName}. Choose a later one, or send now.", nameof(SendCampaign.At));
        return (DateTime?)start.LocalDateTime.ToDateTimeUnspecified();
    }
}
