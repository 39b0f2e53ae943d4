namespace DextSage.Tests.Simulation;

/// <summary>The world's time: it stands still until it is told to go on, and rings one timer after the other.</summary>
internal sealed class VirtualClock(DateTimeOffset start)
{
    // No two readings are the same, so that what is ordered by time has one order.
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMicroseconds(1);

    private readonly SortedSet<Bell> bells = new(Comparer<Bell>.Create((one, other) => (one.At, one.Number).CompareTo((other.At, other.Number))));
    private int bellsMade;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next timer of a process that is awake is due.</summary>
    public DateTimeOffset? NextAt => bells.FirstOrDefault(b => b.Owner.IsAwake)?.At;

    public TimeProvider For(IAwake owner) => new View(this, owner);

    public void GoTo(DateTimeOffset time)
    {
        if (time > Now) Now = time;
    }

    /// <summary>Goes on to the next timer and rings it.</summary>
    public void Ring()
    {
        var bell = bells.First(b => b.Owner.IsAwake);
        GoTo(bell.At);
        bell.Ring();
    }

    private DateTimeOffset Read() => Now += BetweenReadings;

    private sealed class View(VirtualClock clock, IAwake owner) : TimeProvider
    {
        private static readonly long TicksPerSecond = TimeSpan.TicksPerSecond;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override long TimestampFrequency => TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => clock.Read();

        public override long GetTimestamp() => clock.Read().UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var bell = new Bell(clock, owner, ++clock.bellsMade, () => callback(state));
            bell.Change(dueTime, period);
            return bell;
        }
    }

    private sealed class Bell(VirtualClock clock, IAwake owner, int number, Action ring) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private bool isGone;

        public IAwake Owner => owner;
        public int Number => number;
        public DateTimeOffset At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            if (isGone) return false;
            clock.bells.Remove(this);
            period = every;
            if (dueTime != Timeout.InfiniteTimeSpan) Hang(clock.Now + dueTime);
            return true;
        }

        public void Ring()
        {
            clock.bells.Remove(this);
            if (period > TimeSpan.Zero) Hang(clock.Now + period);
            ring();
        }

        public void Dispose()
        {
            isGone = true;
            clock.bells.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Hang(DateTimeOffset at)
        {
            At = at;
            clock.bells.Add(this);
        }
    }
}

/// <summary>Whose timers ring: not those of a process that is dead or stopped.</summary>
internal interface IAwake
{
    bool IsAwake { get; }
}
