namespace DextSage.Integration.Sage;

/// <summary>Reads <c>Retry-After</c>, which Sage does not document, in seconds or as a date (Sage API 5.1).</summary>
internal static class SageRetryAfter
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Of a 429 that names no time.</summary>
    public static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(5);

    /// <summary>At least a second, at most an hour; null when absent or unreadable. A date that has passed is a second.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider clock)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait is { } w ? TimeSpan.FromTicks(Math.Clamp(w.Ticks, Shortest.Ticks, Longest.Ticks)) : null;
    }
}
