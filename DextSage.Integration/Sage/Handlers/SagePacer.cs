using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sage;

/// <summary>What a request takes its turn among.</summary>
internal enum SageTurn { Read, Write, Beside }

/// <summary>Who may send now: so many per business, more while all goes well and places lie idle, one write at a time among them, no faster than Sage was seen to take from it, so many in all, and so many a day (Sage API 5.1).</summary>
/// <remarks>Of this process only. Other nodes have their own; Sage's 150 in all leaves room for a few.</remarks>
internal sealed class SagePacer(IOptions<SageOptions> options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _inFlight = new(options.Value.InFlight);
    private readonly RequestBucket _bucket = new(options.Value.RequestsPerSecond, options.Value.RequestReserve, clock);
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Waits for the business's turn, then for a place among all. Dispose to give both back.</summary>
    /// <exception cref="SageCallException">Sage told this business to wait for longer than a call may take.</exception>
    public async Task<Turn> EnterAsync(SageTarget target, SageTurn kind, CancellationToken cancellationToken)
    {
        var lane = LaneOf(target);
        var gate = lane.GateOf(kind);
        await gate.EnterAsync(cancellationToken);
        try
        {
            while (true)
            {
                await WaitOutAsync(lane, cancellationToken);
                await lane.Pace.TakeAsync(cancellationToken);
                // Told to wait meanwhile: anew, rather than with a place that others could use.
                if (IsClosed(lane)) continue;
                await _bucket.TakeAsync(cancellationToken);
                await _inFlight.WaitAsync(cancellationToken);
                if (!IsClosed(lane)) return new(this, lane, gate);
                _inFlight.Release();
            }
        }
        catch
        {
            gate.Leave();
            throw;
        }
    }

    // What is asked without a business, which organisations a sign-in sees and whose it is, has a lane of the sign-in's own.
    internal Lane LaneOf(SageTarget target) => _lanes.GetOrAdd(target.SageBusinessId ?? target.ConnectionId.ToString("N"), _ => new(options.Value, IsRoom, clock));

    public void Dispose() => _inFlight.Dispose();

    // A business that reads much at once takes no more than what lies idle, and leaves half of it to those who come next.
    private bool IsRoom() => _inFlight.CurrentCount * 2 > options.Value.InFlight;

    private bool IsClosed(Lane lane) => lane.ClosedUntil > clock.GetUtcNow();

    private async Task WaitOutAsync(Lane lane, CancellationToken cancellationToken)
    {
        // Again after each wait: another request may have been told to wait longer meanwhile.
        while (lane.ClosedUntil - clock.GetUtcNow() is { } rest && rest > TimeSpan.Zero)
        {
            if (rest > options.Value.LongestWait)
                throw new SageCallException(new() { Kind = SageFailureKind.Throttled, RetryAfter = rest });
            // A delay drops what is below a millisecond; rounded up, it ends when the wait does.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), clock, cancellationToken);
        }
    }

    /// <summary>A place in the queue, held while one request is under way.</summary>
    internal sealed class Turn(SagePacer pacer, Lane lane, AdaptiveGate gate) : IDisposable
    {
        private readonly int since = gate.Narrowings;

        /// <summary>
        /// Nobody of this business sends for so long, fewer at once afterwards, and no more in a second than Sage was seen to take. Other businesses go on: the limit
        /// may be theirs too, and then Sage tells them.
        /// </summary>
        public void CloseFor(TimeSpan wait)
        {
            gate.Narrow(since);
            lane.Pace.Refused(wait);
            lane.CloseUntil(pacer.Now + wait);
        }

        public void WentWell()
        {
            gate.WentWell();
            lane.Pace.Served();
        }

        public void Dispose()
        {
            pacer._inFlight.Release();
            gate.Leave();
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    internal sealed class Lane(SageOptions options, Func<bool> isRoom, TimeProvider clock)
    {
        private long _closedUntil;

        public RequestPace Pace { get; } = new(clock);

        public AdaptiveGate Reads { get; } = new(options.ReadsPerBusiness, options.MostReadsPerBusiness, isRoom);
        public AdaptiveGate Writes { get; } = new(options.WritesPerBusiness, options.WritesPerBusiness);
        public AdaptiveGate Beside { get; } = new(options.BesidesPerBusiness, options.BesidesPerBusiness);

        public AdaptiveGate GateOf(SageTurn kind) => kind switch
        {
            SageTurn.Write => Writes,
            SageTurn.Beside => Beside,
            _ => Reads,
        };

        public DateTimeOffset ClosedUntil => new(Interlocked.Read(ref _closedUntil), TimeSpan.Zero);

        public void CloseUntil(DateTimeOffset time)
        {
            var ticks = time.UtcTicks;
            var known = Interlocked.Read(ref _closedUntil);
            while (known < ticks)
            {
                var found = Interlocked.CompareExchange(ref _closedUntil, ticks, known);
                if (found == known) return;
                known = found;
            }
        }
    }
}
