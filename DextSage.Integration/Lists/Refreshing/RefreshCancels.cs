using System.Collections.Concurrent;

namespace DextSage.Integration.Lists;

/// <summary>The runs that are at work in this process, so that they can be ended at once.</summary>
public sealed class RefreshCancels
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> running = new();

    internal bool Cancel(Guid runId)
    {
        if (!running.TryGetValue(runId, out var source)) return false;
        try
        {
            source.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Ends when the run is cancelled or the process stops.</summary>
    internal Watch Begin(Guid runId, CancellationToken stopping)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        running[runId] = source;
        return new Watch(this, runId, source);
    }

    internal sealed class Watch(RefreshCancels cancels, Guid runId, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token => source.Token;

        public void Dispose()
        {
            cancels.running.TryRemove(runId, out _);
            source.Dispose();
        }
    }
}
