using DextSage.Integration.People;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Storage;

/// <summary>What is read of a business for all the screens that are open on it.</summary>
/// <param name="Begin">A reading of its own for one business, which may remember what it read before.</param>
/// <param name="IsLive">It moves, perhaps by another process's doing.</param>
/// <param name="AreTheSame">Nothing has to be drawn again.</param>
internal sealed record Reading<T>(Func<Func<DextSageDb, CancellationToken, Task<T?>>> Begin, Func<T, bool> IsLive, Func<T, T, bool> AreTheSame) where T : class;

/// <summary>
/// A reader for each business that has screens open. It reads once for all of them, when something has changed and at most four times a second: a thousand
/// screens cost a thousand renderings, not a thousand queries.
/// </summary>
internal sealed class BusinessReaders<T>(Reading<T> reading, BusinessStore store, BusinessSignal signal, TimeProvider time, ILogger logger) where T : class
{
    private readonly Dictionary<Guid, BusinessReader<T>> readers = [];
    private readonly Lock gate = new();

    /// <summary>Shows what is read before it returns and whenever it has changed, until the watch is disposed of.</summary>
    /// <param name="show">Called from any thread; must not wait.</param>
    /// <exception cref="AccessDeniedException">The caller is no member.</exception>
    public async Task<IDisposable> WatchAsync(Caller caller, Action<T?> show, CancellationToken cancellationToken)
    {
        await using (await store.OpenAsync(caller, Permission.View, cancellationToken))
        {
            // Only the membership was wanted.
        }

        BusinessReader<T>? reader;
        Watch watch;
        lock (gate)
        {
            if (!readers.TryGetValue(caller.BusinessId, out reader)) readers[caller.BusinessId] = reader = new BusinessReader<T>(caller.BusinessId, reading, store, signal, time, logger);
            watch = new Watch(this, reader, reader.Add(show));
        }

        await reader.FirstRead.WaitAsync(cancellationToken);
        return watch;
    }

    private void Leave(BusinessReader<T> reader, Guid screen)
    {
        lock (gate)
        {
            if (reader.Remove(screen)) return;
            readers.Remove(reader.BusinessId);
            reader.Dispose();
        }
    }

    private sealed class Watch(BusinessReaders<T> all, BusinessReader<T> reader, Guid screen) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isOver, true)) all.Leave(reader, screen);
        }
    }
}
