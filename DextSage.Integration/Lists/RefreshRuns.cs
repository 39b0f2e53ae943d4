using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Starts a run, or joins the one that is going on.</summary>
public sealed class RefreshRuns(BusinessStore store, JobQueue jobs, TimeProvider time) : IWhenConnected
{
    public async Task ConnectedAsync(ConnectionMade made)
    {
        await using var db = store.OpenForJob(made.BusinessId);
        await StartOrJoinAsync(db, made.IsFirst ? RefreshCause.Connected : RefreshCause.Reconnected, made.PersonId);
    }

    /// <summary>One live run per business: the transaction's write lock decides who is first.</summary>
    internal async Task<Guid> StartOrJoinAsync(DextSageDb db, RefreshCause cause, Guid personId)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var live = await db.RefreshRuns.Where(r => r.Status == RefreshStatus.Queued || r.Status == RefreshStatus.Running).Select(r => r.Id).FirstOrDefaultAsync();
        if (live != Guid.Empty) return live;

        var run = new RefreshRun { BusinessId = db.BusinessId, Cause = cause, RequestedById = personId, QueuedAt = time.GetUtcNow() };
        run.Lists.AddRange(Enum.GetValues<ListKind>().Select(list => new ListProgress { RunId = run.Id, BusinessId = db.BusinessId, List = list }));
        db.Add(run);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await jobs.EnqueueAsync<RefreshWork>(db.BusinessId);
        return run.Id;
    }
}
