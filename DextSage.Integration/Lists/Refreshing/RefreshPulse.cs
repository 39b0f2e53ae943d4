using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>Tells the open pages that a run has come on, at most so often, and never leaves out the last.</summary>
internal sealed class RefreshPulse(BusinessSignal signal, Guid businessId, TimeSpan between, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private long last;
    private ITimer? later;

    public void Beat()
    {
        lock (gate)
        {
            if (later is not null) return;
            var rest = last == 0 ? TimeSpan.Zero : between - time.GetElapsedTime(last);
            later = time.CreateTimer(_ => Raise(), state: null, rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Raise()
    {
        lock (gate)
        {
            later?.Dispose();
            (later, last) = (null, time.GetTimestamp());
        }

        signal.Raise(businessId, News.Progress);
    }

    public async ValueTask DisposeAsync()
    {
        ITimer? open;
        lock (gate) (open, later) = (later, null);
        if (open is not null) await open.DisposeAsync();
        signal.Raise(businessId, News.Progress);
    }
}
