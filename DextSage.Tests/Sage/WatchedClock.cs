using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>A clock that stands still, and can tell when somebody has begun to wait on it: so a test moves it at the right moment, without sleeping.</summary>
internal sealed class WatchedClock() : FakeTimeProvider(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private readonly Channel<TimeSpan> _added = Channel.CreateUnbounded<TimeSpan>();

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    /// <summary>Returns once somebody waits for a time of this kind, and not before.</summary>
    public async Task<TimeSpan> WaitBegunAsync(Func<TimeSpan, bool> kind)
    {
        while (true)
        {
            foreach (var wait in _waits)
                if (kind(wait)) return wait;
            try
            {
                await _added.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"Nobody began such a wait; these were begun: {string.Join(", ", _waits)}.", e);
            }
        }
    }

    /// <summary>Waits for that wait to begin, and ends it.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await WaitBegunAsync(w => w == wait);
        Advance(wait);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Note(dueTime);
        return timer;
    }

    private void Note(TimeSpan dueTime)
    {
        if (dueTime < TimeSpan.Zero) return;
        _waits.Enqueue(dueTime);
        _added.Writer.TryWrite(dueTime);
    }

    // Time-outs take a timer out of a pool and set it anew.
    private sealed class WatchedTimer(WatchedClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            clock.Note(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
