using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Publishing;

/// <summary>How far the publications have come that are under way: those that wait or are being sent, with those that have ended since the oldest of them was asked for.</summary>
/// <param name="Published">Done in Sage, be it published, corrected or withdrawn.</param>
/// <param name="Refused">Came back with a failure.</param>
/// <param name="Open">Still to come, the waiting ones among them.</param>
/// <param name="Waiting">Open ones that cannot be sent now.</param>
/// <param name="WaitingFor">What most of those that wait are waiting for.</param>
/// <param name="NextTryAt">When the first that waits for a time is tried again.</param>
/// <param name="Workspace">Where most of the open ones lie.</param>
public sealed record PublishingView(int Published, int Refused, int Open, int Waiting, WaitingFor WaitingFor, DateTimeOffset? NextTryAt, Workspace Workspace)
{
    public int Ended => Published + Refused;
    public int Total => Ended + Open;

    /// <summary>Nothing of it can be sent now.</summary>
    public bool IsHeldUp => Waiting == Open;
}

/// <summary>How publishing goes in a business, for every screen that is open on it. Counted from the rows: right after a reload, and on anybody's machine.</summary>
public sealed class PublishingFeed(BusinessStore store, BusinessSignal signal, TimeProvider time, ILogger<PublishingFeed> logger)
{
    /// <summary>What has waited for longer is counted as open, and does not count what has been published in all that time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly BusinessReaders<PublishingView> readers = new(
        new Reading<PublishingView>(() => (db, cancellationToken) => ReadAsync(db, time.GetUtcNow(), cancellationToken), _ => true, (one, other) => one == other), store, signal, time, logger);

    /// <summary>Shows what is under way, null while nothing is, before it returns and whenever it has changed, until the watch is disposed of.</summary>
    /// <param name="show">Called from any thread; must not wait.</param>
    /// <exception cref="AccessDeniedException">The caller is no member.</exception>
    public Task<IDisposable> WatchAsync(Caller caller, Action<PublishingView?> show, CancellationToken cancellationToken = default) =>
        readers.WatchAsync(caller, show, cancellationToken);

    internal static async Task<PublishingView?> ReadAsync(DextSageDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await PublishWork.Open(db.Publications).GroupBy(p => new { p.WaitingFor, p.Item!.Workspace })
            .Select(g => new { g.Key.WaitingFor, g.Key.Workspace, Count = g.Count(), Oldest = g.Min(p => p.RequestedAt), NextTryAt = g.Min(p => p.NextTryAt) }).ToListAsync(cancellationToken);
        if (open.Count == 0) return null;

        var since = await BeganAsync(db, open.Min(o => o.Oldest), now - Longest, cancellationToken);
        var ended = await db.Publications.Where(p => p.EndedAt >= since).GroupBy(p => p.Status).Select(g => new { Status = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        int Ended(params PublicationStatus[] how) => ended.Where(e => how.Contains(e.Status)).Sum(e => e.Count);
        var waiting = open.Where(o => o.WaitingFor is not WaitingFor.Nothing).ToList();
        return new PublishingView(
            Ended(PublicationStatus.Published, PublicationStatus.Withdrawn, PublicationStatus.Corrected), Ended(PublicationStatus.Failed), open.Sum(o => o.Count), waiting.Sum(w => w.Count),
            waiting.GroupBy(w => w.WaitingFor).OrderByDescending(g => g.Sum(w => w.Count)).Select(g => g.Key).FirstOrDefault(), waiting.Min(w => w.NextTryAt),
            open.GroupBy(o => o.Workspace).OrderByDescending(g => g.Sum(o => o.Count)).First().Key);
    }

    /// <summary>When the lane was last empty: each that ended after the oldest was asked for may itself have been asked for before it.</summary>
    private static async Task<DateTimeOffset> BeganAsync(DextSageDb db, DateTimeOffset oldest, DateTimeOffset earliest, CancellationToken cancellationToken)
    {
        var since = oldest < earliest ? earliest : oldest;
        while (since > earliest)
        {
            var asked = await db.Publications.Where(p => p.EndedAt >= since && p.RequestedAt < since && p.RequestedAt >= earliest).MinAsync(p => (DateTimeOffset?)p.RequestedAt, cancellationToken);
            if (asked is not { } before) break;
            since = before;
        }

        return since;
    }
}
