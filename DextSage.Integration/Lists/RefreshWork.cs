using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Lists;

/// <summary>
/// Runs a refresh from its rows: begins it, or goes on where it was broken off; waits with it when Sage asks for it; writes down how it ended. Only a run
/// that came to its end retires what it did not meet; one that was broken off while reading retires nothing.
/// </summary>
public sealed partial class RefreshWork(
    BusinessStore store, RefreshPass pass, RefreshCancels cancels, RefreshTroubles troubles, BusinessSignal signal,
    IEnumerable<IWhenRefreshed> followers, IOptions<RefreshOptions> options, TimeProvider time, ILogger<RefreshWork> logger) : IBusinessWork
{
    // Together about an hour; after that the job is asked for anew.
    private const int MostStorageTries = 70;
    private static readonly TimeSpan FirstStorageWait = TimeSpan.FromSeconds(1);

    public IQueryable<Guid> Pending(DextSageDb db) =>
        db.RefreshRuns.IgnoreQueryFilters().Live().Select(r => r.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var again = await RunOnceAsync(businessId, cancellationToken);
                if (troubles.Over(businessId)) signal.Raise(businessId);
                return again;
            }
            catch (Exception e) when (RefreshTroubles.Sentence(e) is { } sentence && tries < MostStorageTries && !cancellationToken.IsCancellationRequested)
            {
                Log.StorageTrouble(logger, e, businessId);
                troubles.Note(businessId, sentence);
                signal.Raise(businessId);
                await Task.Delay(FirstStorageWait * Math.Min(tries, 60), time, cancellationToken);
            }
        }
    }

    private async Task<DateTimeOffset?> RunOnceAsync(Guid businessId, CancellationToken stopping)
    {
        await using var db = store.OpenForJob(businessId);
        var run = await db.RefreshRuns.Live().Include(r => r.Lists).SingleOrDefaultAsync(stopping);
        if (run is null) return null;
        await using var watch = cancels.Begin(run, stopping);
        // Only now that we can be told: whoever asked before found nobody to tell, and left it in the row.
        await watch.LookAsync(stopping);
        if (!watch.IsCancelled && LongWait(run) is { } until) return until;

        var end = RefreshEnd.Cancelled;
        try
        {
            if (!watch.IsCancelled) end = await pass.GoAsync(db, run, watch.Token);
        }
        catch (RefreshLaterException later) when (!watch.Token.IsCancellationRequested)
        {
            return later.Until;
        }
        catch (Exception e) when (e is OperationCanceledException or RefreshLaterException && watch.IsCancelled)
        {
            end = RefreshEnd.Cancelled;
        }

        var hasBroughtNews = await EndAsync(businessId, run.Id, end);
        Log.Ended(logger, run.Id, businessId, end.Status);
        if (end.Status is RefreshStatus.Completed)
            foreach (var follower in followers) await follower.RefreshedAsync(businessId, stopping);
        // Where all is as it was, the open pages have nothing to read again, and the banner is not kept waiting behind them.
        signal.Raise(businessId, hasBroughtNews ? News.Any : News.Refresh);
        return null;
    }

    // A wait that begins later than now was written by a clock that has been put back since.
    private DateTimeOffset? LongWait(RefreshRun run)
    {
        var now = time.GetUtcNow();
        return !(run.WaitingSince > now) && run.WaitingUntil - now > options.Value.LongestHold ? run.WaitingUntil : null;
    }

    /// <summary>In a context of its own: what a transaction that was rolled back left in the other is not to be written after all.</summary>
    /// <returns>Whether anything is not as it was before the run.</returns>
    private async Task<bool> EndAsync(Guid businessId, Guid runId, RefreshEnd end)
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = store.OpenForJob(businessId);
            var run = await db.RefreshRuns.Include(r => r.Lists).SingleAsync(r => r.Id == runId);
            run.Status = end.Status;
            run.Problem = end.Problem;
            run.ProgressAt = run.EndedAt = time.GetUtcNow();
            (run.WaitingBecause, run.WaitingUntil, run.WaitingSince) = (null, null, null);
            if (run.Lists.FirstOrDefault(l => l.List == end.FailedList) is { } failed) failed.Stage = ListStage.Failed;
            var connection = await db.Connections.SingleOrDefaultAsync();
            if (end.Facts is { } facts && connection is not null) facts.ApplyTo(connection, run.EndedAt.Value);
            var hasBroughtNews = run.Lists.Exists(l => l.Added + l.Changed + l.Returned + l.Retired > 0 || l.Stage is ListStage.Failed or ListStage.NeedsConfirmation) || (connection is not null && IsNews(db.Entry(connection)));
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.SaveChangesAsync();
                await db.RefreshPages.Where(p => p.RunId == runId).ExecuteDeleteAsync();
                var old = run.EndedAt.Value - options.Value.ReportsFor;
                await db.ListChanges.Where(c => db.RefreshRuns.Any(r => r.Id == c.RunId && r.QueuedAt < old)).ExecuteDeleteAsync();
                await transaction.CommitAsync();
                return hasBroughtNews;
            }
            catch (DbUpdateConcurrencyException) when (tries < 5)
            {
                // Somebody changed the connection's settings in this moment.
            }
        }
    }

    private static bool IsNews(EntityEntry<Connection> connection) =>
        connection.Properties.Any(p => p.IsModified && p.Metadata.Name is not (nameof(Connection.LastRefreshedAt) or nameof(Connection.Version)));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refresh {RunId} of business {BusinessId} ended: {Status}")]
        public static partial void Ended(ILogger logger, Guid runId, Guid businessId, RefreshStatus status);

        [LoggerMessage(2, LogLevel.Error, "The refresh of business {BusinessId} waits for its own storage")]
        public static partial void StorageTrouble(ILogger logger, Exception exception, Guid businessId);
    }
}

/// <summary>What another room does once the lists are fresh.</summary>
public interface IWhenRefreshed
{
    Task RefreshedAsync(Guid businessId, CancellationToken cancellationToken);
}
