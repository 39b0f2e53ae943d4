using System.Data.Common;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Items.Bulk;

/// <summary>
/// Does what is asked for of many items, one run after the other, a stretch of items per transaction. How far it has come is written with what was done: a process
/// killed anywhere goes on behind the last stretch, and no item is changed twice.
/// </summary>
public sealed partial class BulkWork(BusinessStore store, IItemPublisher publisher, IItemRules rules, BusinessSignal signal, TimeProvider time, ILogger<BulkWork> logger) : IBusinessWork
{
    /// <summary>So many that reading and writing is done in bulk, so few that nobody waits long for the database's one writer.</summary>
    internal const int ItemsAtATime = 500;

    private const int PublishedAtATime = 20;
    private static readonly TimeSpan RowsEvery = TimeSpan.FromSeconds(1);

    public IQueryable<Guid> Pending(DextSageDb db) => db.BulkRuns.IgnoreQueryFilters().Live().Select(r => r.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (await NextAsync(businessId, cancellationToken) is { } next)
        {
            var (run, items) = next;
            var told = time.GetTimestamp();
            // A stretch that broke off is gone through one by one: the item at fault is told, the others are done.
            var singly = 0;
            for (var isLive = true; isLive;)
            {
                try
                {
                    isLive = await StepAsync(run, items, singly > 0 ? 1 : AtATime(run), cancellationToken);
                    if (singly > 0) singly--;
                }
                catch (AccessDeniedException)
                {
                    isLive = await EndAsync(run, BulkStatus.Failed, "The person who asked for this may not do it any more. What is left was not touched.", cancellationToken);
                }
                catch (Exception e) when (e is not (OperationCanceledException or DbException))
                {
                    Log.BrokeOff(logger, e, run.Id);
                    if (singly > 0) await TellFailureAsync(run, items, cancellationToken);
                    else singly = AtATime(run);
                }

                var isDue = !isLive || time.GetElapsedTime(told) >= RowsEvery;
                if (isDue) told = time.GetTimestamp();
                signal.Raise(businessId, isDue ? News.Any : News.Progress);
            }
        }

        return null;
    }

    private static int AtATime(BulkRun run) => run.Action is BulkAction.Publish ? PublishedAtATime : ItemsAtATime;

    private async Task<(BulkRun Run, IReadOnlyList<Guid> Items)?> NextAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        if (await db.BulkRuns.Live().AsNoTracking().OrderBy(r => r.AskedAt).FirstOrDefaultAsync(cancellationToken) is not { } run) return null;
        return (run, BulkSelection.Unpack(await db.BulkSelections.Where(s => s.RunId == run.Id).Select(s => s.Items).SingleAsync(cancellationToken)));
    }

    /// <summary>The next stretch. False where the run has ended.</summary>
    private async Task<bool> StepAsync(BulkRun asked, IReadOnlyList<Guid> items, int atATime, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(new Caller(asked.PersonId, asked.BusinessId), asked.Action.Needs(), cancellationToken);
        // The write lock is taken first, so that what is read is what is written on.
        await using var transaction = asked.Action is BulkAction.Publish ? null : await scope.Db.Database.BeginTransactionAsync(cancellationToken);
        var run = await scope.Db.BulkRuns.AsTracking().SingleAsync(r => r.Id == asked.Id, cancellationToken);
        var now = time.GetUtcNow();
        run.Status = BulkStatus.Running;
        run.StartedAt ??= now;
        if (run.CancelRequested) (run.Status, run.EndedAt) = (BulkStatus.Cancelled, now);
        else
        {
            var next = items.Skip(run.Position).Take(atATime).ToList();
            if (run.Action is BulkAction.Publish) await new BulkPublishing(scope, run, publisher).RunAsync(next, cancellationToken);
            else if (run.Action is BulkAction.DeleteForEver) await new BulkDeleting(scope, run, publisher, now).RunAsync(next, cancellationToken);
            else await new BulkBatch(scope, run, rules, now).RunAsync(next, cancellationToken);
            if (run.Position >= items.Count) (run.Status, run.EndedAt) = (BulkStatus.Completed, time.GetUtcNow());
        }

        // The items are written by now.
        scope.Db.Entry(run).DetectChanges();
        await scope.Db.SaveChangesAsync(cancellationToken);
        if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        return run.EndedAt is null;
    }

    private async Task TellFailureAsync(BulkRun asked, IReadOnlyList<Guid> items, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(asked.BusinessId);
        var run = await db.BulkRuns.AsTracking().SingleAsync(r => r.Id == asked.Id, cancellationToken);
        var id = items[run.Position];
        db.Add(new BulkResult
        {
            RunId = run.Id, Position = run.Position, BusinessId = run.BusinessId, ItemId = id, Outcome = BulkOutcome.Failed,
            Code = await db.Items.Where(i => i.Id == id).Select(i => i.Code).SingleOrDefaultAsync(cancellationToken) ?? "",
            Sentence = "Something unexpected went wrong here. This item was not changed; the person who runs DextSage finds the cause in the log.",
        });
        (run.Position, run.Failed) = (run.Position + 1, run.Failed + 1);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<bool> EndAsync(BulkRun asked, BulkStatus status, string problem, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(asked.BusinessId);
        var now = time.GetUtcNow();
        await db.BulkRuns.Where(r => r.Id == asked.Id).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, status).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Problem, problem), cancellationToken);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Bulk run {RunId} broke off in a stretch of its items, which is gone through one by one")]
        public static partial void BrokeOff(ILogger logger, Exception exception, Guid runId);
    }
}

internal static class BulkQueries
{
    public static IQueryable<BulkRun> Live(this IQueryable<BulkRun> runs) => runs.Where(r => r.Status == BulkStatus.Queued || r.Status == BulkStatus.Running);

    /// <summary>A member's own, or those of the whole business for those who see all its items.</summary>
    public static IQueryable<BulkRun> BulkRunsInSight(this BusinessScope scope) =>
        scope.Member.SeesAllItems() ? scope.Db.BulkRuns : scope.Db.BulkRuns.Where(r => r.PersonId == scope.Member.PersonId);

    /// <summary>Those that a member may cancel or take back: their own; an Admin all.</summary>
    public static IQueryable<BulkRun> BulkRunsInHand(this BusinessScope scope) =>
        scope.Member.Role is Role.Admin ? scope.Db.BulkRuns : scope.Db.BulkRuns.Where(r => r.PersonId == scope.Member.PersonId);

    /// <summary>It cannot be taken back from here.</summary>
    public static bool IsFinal(this BulkAction action) => action is BulkAction.Publish or BulkAction.Undo or BulkAction.DeleteForEver;

    public static Permission Needs(this BulkAction action) => action switch
    {
        BulkAction.Publish => Permission.PublishItems,
        BulkAction.DeleteForEver => Permission.DeleteForEver,
        BulkAction.ApplyRules => Permission.ManageRules,
        _ => Permission.EditItems,
    };
}
