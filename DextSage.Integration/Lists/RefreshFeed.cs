using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Lists;

/// <summary>How the refresh of a business goes, for every screen that is open on it.</summary>
public sealed class RefreshFeed(BusinessStore store, ListRefresh refreshes, BusinessSignal signal, TimeProvider time, ILogger<RefreshFeed> logger)
{
    private readonly BusinessReaders<RefreshView> readers = new(
        new Reading<RefreshView>(
            () =>
            {
                var pace = new RefreshPaceMeter();
                return async (db, cancellationToken) => pace.Measure(await refreshes.LatestAsync(db, cancellationToken));
            },
            run => run.IsLive,
            (one, other) => one with { Lists = other.Lists } == other && one.Lists.SequenceEqual(other.Lists)),
        store, signal, time, logger);

    /// <summary>Shows the latest run, null before the first, before it returns and whenever it has changed, until the watch is disposed of.</summary>
    /// <param name="show">Called from any thread; must not wait.</param>
    /// <exception cref="AccessDeniedException">The caller is no member.</exception>
    public Task<IDisposable> WatchAsync(Caller caller, Action<RefreshView?> show, CancellationToken cancellationToken = default) =>
        readers.WatchAsync(caller, show, cancellationToken);
}
