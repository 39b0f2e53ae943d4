using DextSage.Integration.Storage;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Lists;

/// <summary>Reads the latest run of one business for its screens, while there are any.</summary>
internal sealed partial class RefreshReader : IDisposable
{
    /// <summary>What another process does with the row is not signalled here.</summary>
    private static readonly TimeSpan PollWhileLive = TimeSpan.FromSeconds(1);

    /// <summary>Each is a rendering for the thread pool: in one go, a thousand of them would stand in front of whatever the refresh itself has to do next.</summary>
    private const int ScreensAtOnce = 20;

    private readonly BusinessStore store;
    private readonly ListRefresh refreshes;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Dictionary<Guid, Action<RefreshView?>> screens = [];
    private readonly Lock showing = new();
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly IDisposable subscription;
    private readonly TaskCompletionSource firstRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RefreshPaceMeter pace = new();
    private RefreshView? latest;
    private bool hasRead;

    public RefreshReader(Guid businessId, BusinessStore store, ListRefresh refreshes, BusinessSignal signal, TimeProvider time, ILogger logger)
    {
        (BusinessId, this.store, this.refreshes, this.time, this.logger) = (businessId, store, refreshes, time, logger);
        subscription = signal.Listen(businessId, Wake, News.Any);
        _ = Task.Run(ReadOnAsync);
    }

    public Guid BusinessId { get; }

    /// <summary>Completed once every screen that had come by then has been shown something.</summary>
    public Task FirstRead => firstRead.Task;

    /// <summary>The new screen sees at once what the others see.</summary>
    public Guid Add(Action<RefreshView?> show)
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
                await Task.Delay(RefreshFeed.AtMostEvery, time, closing.Token);
                await wake.WaitAsync(latest is { IsLive: true } ? PollWhileLive : Timeout.InfiniteTimeSpan, closing.Token);
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
        var now = pace.Measure(await refreshes.LatestAsync(db, closing.Token));
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

    private static bool IsTheSame(RefreshView? one, RefreshView? other) =>
        one is null || other is null ? one == other : one with { Lists = other.Lists } == other && one.Lists.SequenceEqual(other.Lists);

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
        [LoggerMessage(1, LogLevel.Error, "The refresh of business {BusinessId} could not be read for its screens; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception, Guid businessId);
    }
}
