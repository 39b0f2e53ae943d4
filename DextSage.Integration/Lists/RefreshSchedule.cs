using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>
/// The daily refresh, at the hour that the connection names. Due is what has come round since the last refresh, whatever began that one: after a
/// sleep of a month it is due once.
/// </summary>
public sealed class RefreshSchedule(BusinessStore store, RefreshRuns runs, JobQueue jobs, BusinessSignal signal, TimeProvider time) : IBusinessWork, IWhenConnected
{
    // A changed hour, or a clock that was put forward, is noticed within so long.
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    public IQueryable<Guid> Pending(DextSageDb db) => db.Connections.IgnoreQueryFilters().Where(c => c.Status == ConnectionStatus.Connected).Select(c => c.BusinessId);

    public Task ConnectedAsync(ConnectionMade made) => jobs.EnqueueAsync<RefreshSchedule>(made.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        // A connection that does not work now asks again when it is made anew.
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { Status: ConnectionStatus.Connected } connection) return null;
        var now = time.GetUtcNow();
        if (connection.AutoRefreshHour is not { } hour) return now + LookAgain;

        var due = LastOccurrence(hour, now);
        if (!(due <= connection.AuthorisedAt) && !await db.RefreshRuns.AnyAsync(r => r.QueuedAt >= due && r.QueuedAt <= now, cancellationToken))
        {
            await runs.StartOrJoinAsync(db, new RefreshWish(RefreshCause.Scheduled, PersonId: null));
            signal.Raise(businessId, News.Refresh);
        }

        var next = LastOccurrence(hour, now.AddDays(1));
        return next < now + LookAgain ? next : now + LookAgain;
    }

    private DateTimeOffset LastOccurrence(int hour, DateTimeOffset now) => DailyHour.Last(new TimeOnly(hour, 0), now, time.LocalTimeZone);
}
