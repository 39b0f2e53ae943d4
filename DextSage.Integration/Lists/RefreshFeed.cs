using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Lists;

/// <summary>
/// How the refresh of a business goes, for every screen that is open on it. The row is read once for all of them, when it changes and at most
/// <see cref="AtMostEvery"/>: a thousand screens cost a thousand renderings, not a thousand queries.
/// </summary>
public sealed class RefreshFeed(BusinessStore store, ListRefresh refreshes, BusinessSignal signal, TimeProvider time, ILogger<RefreshFeed> logger)
{
    /// <summary>Quicker than an eye follows counts, and slow enough to leave the machine to the refresh.</summary>
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<Guid, RefreshReader> readers = [];
    private readonly Lock gate = new();

    /// <summary>Shows the latest run, null before the first, before it returns and whenever it has changed, until the watch is disposed of.</summary>
    /// <param name="show">Called from any thread; must not wait.</param>
    /// <exception cref="AccessDeniedException">The caller is no member.</exception>
    public async Task<IDisposable> WatchAsync(Caller caller, Action<RefreshView?> show, CancellationToken cancellationToken = default)
    {
        await using (await store.OpenAsync(caller, Permission.View, cancellationToken))
        {
            // Only the membership was wanted.
        }

        RefreshReader? reader;
        Watch watch;
        lock (gate)
        {
            if (!readers.TryGetValue(caller.BusinessId, out reader))
                readers[caller.BusinessId] = reader = new RefreshReader(caller.BusinessId, store, refreshes, signal, time, logger);
            watch = new Watch(this, reader, reader.Add(show));
        }

        await reader.FirstRead.WaitAsync(cancellationToken);
        return watch;
    }

    private void Leave(RefreshReader reader, Guid screen)
    {
        lock (gate)
        {
            if (reader.Remove(screen)) return;
            readers.Remove(reader.BusinessId);
            reader.Dispose();
        }
    }

    private sealed class Watch(RefreshFeed feed, RefreshReader reader, Guid screen) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isOver, true)) feed.Leave(reader, screen);
        }
    }
}
