using System.Collections.Concurrent;

namespace DextSage.Integration.Storage;

/// <summary>What kind of rows has changed.</summary>
[Flags]
public enum News
{
    Nothing = 0,

    /// <summary>How far a refresh has come: several times a second while one is running.</summary>
    Progress = 1,

    /// <summary>Everything else.</summary>
    Rows = 2,

    Any = Progress | Rows,
}

/// <summary>
/// A nudge to the open pages of a business that some row of it has changed. It carries nothing: whoever hears it reads the
/// database, which alone is the truth. Another process's changes are found by the pages' own slow poll.
/// </summary>
public sealed class BusinessSignal
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Subscription, Action>> listeners = new();

    public void Raise(Guid businessId, News news = News.Any)
    {
        if (!listeners.TryGetValue(businessId, out var those)) return;
        foreach (var (subscription, listener) in those)
            if ((subscription.Concern & news) != News.Nothing) listener();
    }

    public IDisposable Listen(Guid businessId, Action listener, News concern = News.Rows)
    {
        var subscription = new Subscription(this, businessId, concern);
        listeners.GetOrAdd(businessId, _ => new())[subscription] = listener;
        return subscription;
    }

    private sealed class Subscription(BusinessSignal signal, Guid businessId, News concern) : IDisposable
    {
        public News Concern => concern;

        public void Dispose()
        {
            if (signal.listeners.TryGetValue(businessId, out var those)) those.TryRemove(this, out _);
        }
    }
}
