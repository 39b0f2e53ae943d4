using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Storage;

/// <summary>Reads one business for its screens, while there are any.</summary>
internal sealed partial class BusinessReader<T> : IDisposable where T : class
{
    /// <summary>Quicker than an eye follows counts, and slow enough to leave the machine to the work itself.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>What another process does with the rows is not signalled here.</summary>
    private static readonly TimeSpan PollWhileLive = TimeSpan.FromSeconds(1);

    /// <summary>Each is a rendering for the thread pool: in one go, a thousand of them would stand in front of whatever the work itself has to do next.</summary>
    private const int ScreensAtOnce = 20;

    private readonly BusinessStore store;
    private readonly Reading<T> reading;
    private readonly Func<DextSageDb, CancellationToken, Task<T?>> read;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Dictionary<Guid, Action<T?>> screens = [];
    private readonly Lock showing = new();
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly IDisposable subscription;
    private readonly TaskCompletionSource firstRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? latest;
    private bool hasRead;

    public BusinessReader(Guid businessId, Reading<T> reading, BusinessStore store, BusinessSignal signal, TimeProvider time, ILogger logger)
    {
        (BusinessId, this.reading, read, this.store, this.time, this.logger) = (businessId, reading, reading.Begin(), store, time, logger);
        subscription = signal.Listen(businessId, Wake, News.Any);
        _ = Task.Run(ReadOnAsync);
    }

    public Guid BusinessId { get; }

    /// <summary>Completed once every screen that had come by then has been shown something.</summary>
    public Task FirstRead => firstRead.Task;

    /// <summary>The new screen sees at once what the others see.</summary>
    public Guid Add(Action<T?> show)
    {
        var id = Guid.NewGuid();
        // One lock for all showing: no screen is shown an older state after a newer one.
        lock (showing)
        {
            screens[id] = show;
            if (hasRead) show(latest);
        }

        return id;
    }

    /// <summary>False when it was the last one.</summary>
    public bool Remove(Guid screen)
    {
        lock (showing)
        {
            screens.Remove(screen);
            return screens.Count > 0;
        }
    }

    private async Task ReadOnAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
                await Task.Delay(AtMostEvery, time, closing.Token);
                await wake.WaitAsync(latest is not null && reading.IsLive(latest) ? PollWhileLive : Timeout.InfiniteTimeSpan, closing.Token);
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                // The last screen has gone.
            }
            catch (Exception e)
            {
                Log.Failed(logger, e, BusinessId);
                await Task.Delay(PollWhileLive, time);
            }
        }
    }

    private async Task ReadAsync()
    {
        await using var db = store.OpenForJob(BusinessId);
        var now = await read(db, closing.Token);
        Guid[] shownTo;
        lock (showing)
        {
            if (hasRead && IsTheSame(now, latest)) return;
            (latest, hasRead) = (now, true);
            // Who comes from here on is shown it when coming.
            shownTo = [.. screens.Keys];
        }

        foreach (var some in shownTo.Chunk(ScreensAtOnce))
        {
            lock (showing)
                foreach (var screen in some)
                    if (screens.TryGetValue(screen, out var show)) show(now);
            await Task.Yield();
        }

        firstRead.TrySetResult();
    }

    private bool IsTheSame(T? one, T? other) => one is null || other is null ? one is null && other is null : reading.AreTheSame(one, other);

    private void Wake()
    {
        try { wake.Release(); }
        catch (SemaphoreFullException) { /* It has been woken already. */ }
    }

    public void Dispose()
    {
        subscription.Dispose();
        closing.Cancel();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Business {BusinessId} could not be read for its screens; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception, Guid businessId);
    }
}
