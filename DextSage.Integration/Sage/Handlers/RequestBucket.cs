namespace DextSage.Integration.Sage;

/// <summary>So many requests a second on average, with a reserve for bursts: Sage counts by the day (Sage API 5.1).</summary>
internal sealed class RequestBucket(double perSecond, int reserve, TimeProvider clock)
{
    private readonly Lock gate = new();
    private double left = reserve;
    private long counted = clock.GetTimestamp();

    /// <summary>Takes one request out of the bucket, and waits until it was there to be taken.</summary>
    public Task TakeAsync(CancellationToken cancellationToken)
    {
        var missing = Take();
        return missing <= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(missing / perSecond * 1000)), clock, cancellationToken);
    }

    // Below nothing: taken in advance, by those who wait now.
    private double Take()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            left = Math.Min(reserve, left + clock.GetElapsedTime(counted, now).TotalSeconds * perSecond);
            counted = now;
            return -(--left);
        }
    }
}
