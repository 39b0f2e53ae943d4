using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace DextSage.Tests.Benches;

/// <summary>What one open page has shown of a refresh, and when.</summary>
internal sealed class WatchedScreen
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff";
    private const int Length = 23;

    private readonly ConcurrentDictionary<DateTimeOffset, DateTimeOffset> seen = new();

    /// <summary>The banner's states by the time of the row's change, with the time at which they reached this screen.</summary>
    public IReadOnlyDictionary<DateTimeOffset, DateTimeOffset> Seen => seen;

    public DateTimeOffset Last => seen.IsEmpty ? default : seen.Keys.Max();

    public void Take(ReadOnlyMemory<byte> batch)
    {
        var now = TimeProvider.System.GetUtcNow();
        // Quickly: a thousand screens look through everything they are sent, on the machine that is measured.
        for (var rest = batch.Span; rest.IndexOf((byte)'Z') is >= 0 and var end; rest = rest[(end + 1)..])
            if (end >= Length && DateTimeOffset.TryParseExact(Encoding.Latin1.GetString(rest[(end - Length)..end]), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                seen.TryAdd(at, now);
    }

    public void Forget() => seen.Clear();
}
