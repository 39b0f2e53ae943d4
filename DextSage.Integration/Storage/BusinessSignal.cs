using System.Collections.Concurrent;

namespace DextSage.Integration.Storage;

/// <summary>What kind of rows has changed.</summary>
[Flags]
public enum News
{
    Nothing = 0,

    /// <summary>How far a refresh has come: several times a second while one is running.</summary>
    Progress = 1,

    /// <summary>A refresh began, or ended: what tells of refreshes is no longer right, whether or not the lists have changed.</summary>
    Refresh = 2,

    /// <summary>Everything else.</summary>
    Rows = 4,

    Any = Progress | Refresh | Rows,
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

    /// <summary>How many listen to the business now.</summary>
    public int Listeners(Guid businessId) => listeners.TryGetValue(businessId, out var those) ? those.Count : 0;

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
