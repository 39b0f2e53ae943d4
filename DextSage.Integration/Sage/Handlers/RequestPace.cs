namespace DextSage.Integration.Sage;

/// <summary>
/// How many requests a second a business may send, where Sage refuses some above a rate that it does not tell. Without a refusal there is no limit. From one
/// refusal to the next what was served tells the rate: it is approached from below, kept close to, and passed slowly, since it may have risen.
/// </summary>
internal sealed class RequestPace(TimeProvider clock)
{
    /// <summary>Requests a second below which nothing is concluded from a refusal but its wait: so few are not what Sage minds.</summary>
    private const double Least = 3;

    /// <summary>How far below the rate that was found it goes on.</summary>
    private const double StepBack = 0.1;

    /// <summary>Seconds until it has come back to the rate that was found.</summary>
    private const double ComingBack = 20;

    /// <summary>What it grows by in a second, as long as only one refusal is known.</summary>
    private const double Searching = 1.25;

    /// <summary>Seconds that the first guess rests on, at least.</summary>
    private const double FirstLook = 0.5;

    private readonly Lock gate = new();
    private double? found;
    private bool isSearching;
    private long began = clock.GetTimestamp();
    private long opened;
    private long next;
    private int served;

    /// <summary>Requests a second at present; null where there is no limit.</summary>
    public double? PerSecond
    {
        get
        {
            lock (gate) return Now(clock.GetTimestamp());
        }
    }

    /// <summary>Waits until the next request may leave.</summary>
    public Task TakeAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = clock.GetTimestamp();
            if (Now(now) is not { } perSecond) return Task.CompletedTask;
            next = Math.Max(next, now);
            wait = clock.GetElapsedTime(now, next);
            next += (long)(clock.TimestampFrequency / perSecond);
        }

        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), clock, cancellationToken);
    }

    public void Served()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            // Nobody has asked for a while: what was served before says nothing of a rate.
            if (found is null && Since(began, now) > 2) (began, served) = (now, 0);
            served++;
        }
    }

    /// <summary>Refused, and nobody sends for so long. Those that had left with it are refused too, and say nothing new.</summary>
    public void Refused(TimeSpan wait)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            if (now < opened) return;
            var pace = Now(now);
            var measured = served / Math.Max(Since(began, now), FirstLook);
            // What was served is too little, where Sage's patience ran over while we stood still; the pace was too much. The truth lies between.
            var rate = pace is { } tooMuch ? (Math.Clamp(measured, tooMuch / 2, tooMuch) + tooMuch) / 2 : measured;
            if (rate >= Least) (found, isSearching) = (rate, found is null);
            (began, served, opened) = (now, 0, now + (long)(wait.TotalSeconds * clock.TimestampFrequency));
            next = opened;
        }
    }

    // The curve of TCP's CUBIC (RFC 9438): quickly back towards the rate that was found, flat around it, and ever faster beyond.
    private double? Now(long now)
    {
        if (found is not { } rate) return null;
        var seconds = Math.Max(0, Since(opened, now));
        if (isSearching) return rate * Math.Pow(Searching, Math.Min(seconds, 60));
        var way = (seconds - ComingBack) / ComingBack;
        return rate * (1 + (StepBack * way * way * way));
    }

    private double Since(long then, long now) => (now - then) / (double)clock.TimestampFrequency;
}
