namespace Plura.Platform;

/// <summary>What a wall clock shows, as a moment.</summary>
public static class ZoneTimes
{
    extension(TimeZoneInfo zone)
    {
        /// <summary>The moment at which a clock there shows this. A time that the clocks leave out is the moment at which they jump; of one that comes twice it is the first.</summary>
        public DateTimeOffset MomentOf(DateTime local)
        {
            local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
            while (zone.IsInvalidTime(local))
                local = local.AddMinutes(1);
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            return new DateTimeOffset(local, offset).ToUniversalTime();
        }

        public DateTimeOffset MomentOf(DateOnly day, TimeOnly time) => zone.MomentOf(day.ToDateTime(time));
    }
}
