using System.Collections.Concurrent;

namespace DextSage.Integration.Storage;

/// <summary>
/// A nudge to the open pages of a business that some row of it has changed. It carries nothing: whoever hears it reads the
/// database, which alone is the truth. Another process's changes are found by the pages' own slow poll.
/// </summary>
public sealed class BusinessSignal
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Subscription, Action>> listeners = new();

    public void Raise(Guid businessId)
    {
        if (!listeners.TryGetValue(businessId, out var those)) return;
        foreach (var listener in those.Values) listener();
    }

    public IDisposable Listen(Guid businessId, Action listener)
    {
        var subscription = new Subscription(this, businessId);
        listeners.GetOrAdd(businessId, _ => new())[subscription] = listener;
        return subscription;
    }

    private sealed class Subscription(BusinessSignal signal, Guid businessId) : IDisposable
    {
        public void Dispose()
        {
            if (signal.listeners.TryGetValue(businessId, out var those)) those.TryRemove(this, out _);
        }
    }
}
