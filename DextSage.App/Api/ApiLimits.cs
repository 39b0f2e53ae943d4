using System.Net;
using System.Threading.RateLimiting;

namespace DextSage.App.Api;

/// <summary>How often a key may ask, and how often an address may come with something that is no key.</summary>
internal sealed class ApiLimits(int perMinute = ApiLimits.PerMinute) : IDisposable
{
    public const int PerMinute = 120;

    /// <summary>Requests of one key at a time: each may hold a file.</summary>
    public const int AtOnce = 4;

    private const int StrangersPerMinute = 60;

    private readonly PartitionedRateLimiter<Guid> often = PartitionedRateLimiter.Create<Guid, Guid>(key => RateLimitPartition.GetSlidingWindowLimiter(key, _ => Window(perMinute)));
    private readonly PartitionedRateLimiter<Guid> atOnce = PartitionedRateLimiter.Create<Guid, Guid>(key => RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce }));
    private readonly PartitionedRateLimiter<IPAddress> strangers = PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetSlidingWindowLimiter(address.ToString(), _ => Window(StrangersPerMinute)));

    /// <summary>To be disposed of when the request is over; null where it is one too many.</summary>
    public IDisposable? Enter(Guid key)
    {
        var place = atOnce.AttemptAcquire(key);
        if (place.IsAcquired && often.AttemptAcquire(key).IsAcquired) return place;
        place.Dispose();
        return null;
    }

    public bool MayTry(IPAddress? address) => strangers.AttemptAcquire(address ?? IPAddress.None).IsAcquired;

    private static SlidingWindowRateLimiterOptions Window(int permits) => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 12 };

    public void Dispose()
    {
        often.Dispose();
        atOnce.Dispose();
        strangers.Dispose();
    }
}
