namespace DextSage.Integration.Jobs;

/// <summary>A time of day by this system's clock, for what is done once a day.</summary>
internal static class DailyHour
{
    /// <summary>When it last came round. A time that the clocks leave out in spring begins when they have moved on.</summary>
    public static DateTimeOffset Last(TimeOnly at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var then = AsTime(today + at.ToTimeSpan(), zone);
        return then <= now ? then : AsTime(today.AddDays(-1) + at.ToTimeSpan(), zone);
    }

    private static DateTimeOffset AsTime(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
