using System.Globalization;

namespace DextSage.App.Shared;

/// <summary>Moments in words.</summary>
public static class Moments
{
    private static readonly CultureInfo Words = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"22 Nov 2026, 14:05", with "UTC" behind it where the browser's zone is not known.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo? zone) =>
        TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc).ToString("d MMM yyyy, HH:mm", Words) + (zone is null ? " UTC" : "");

    /// <summary>"4 minutes ago", "in 31 days"; beyond 31 days the day itself.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo? zone)
    {
        var distance = (at - now).Duration();
        if (distance < TimeSpan.FromSeconds(45)) return at > now ? "in a moment" : "just now";
        if (distance >= TimeSpan.FromDays(31.5)) return TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc).ToString("d MMM yyyy", Words);
        var span = Span(distance);
        return at > now ? $"in {span}" : $"{span} ago";
    }

    private static string Span(TimeSpan distance) => distance switch
    {
        { TotalMinutes: < 59.5 } => Count(distance.TotalMinutes, "minute"),
        { TotalHours: < 23.5 } => Count(distance.TotalHours, "hour"),
        _ => Count(distance.TotalDays, "day"),
    };

    private static string Count(double many, string unit)
    {
        var rounded = Math.Max(1, (int)Math.Round(many, MidpointRounding.AwayFromZero));
        return rounded == 1 ? $"1 {unit}" : $"{rounded.ToString(CultureInfo.InvariantCulture)} {unit}s";
    }
}
