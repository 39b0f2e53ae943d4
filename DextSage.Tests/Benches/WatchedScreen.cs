using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DextSage.Tests.Benches;

/// <summary>What one open page has shown of a refresh, and when.</summary>
internal sealed partial class WatchedScreen
{
    private readonly ConcurrentDictionary<DateTimeOffset, DateTimeOffset> seen = new();

    /// <summary>The banner's states by the time of the row's change, with the time at which they reached this screen.</summary>
    public IReadOnlyDictionary<DateTimeOffset, DateTimeOffset> Seen => seen;

    public DateTimeOffset Last => seen.IsEmpty ? default : seen.Keys.Max();

    public void Take(ReadOnlyMemory<byte> batch)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (Match stamp in Stamp().Matches(Encoding.Latin1.GetString(batch.Span)))
            seen.TryAdd(DateTimeOffset.ParseExact(stamp.Value, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), now);
    }

    public void Forget() => seen.Clear();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stamp();
}
