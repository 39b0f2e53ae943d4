using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>A wish for a refresh: by what, by whom, and how much of it.</summary>
internal sealed record RefreshWish(RefreshCause Cause, Guid? PersonId)
{
    public bool IsFull { get; init; }
    public ListKind? ReloadOf { get; init; }

    /// <summary>An Admin has said that what is missing from <see cref="ReloadOf"/> may be retired.</summary>
    public bool MayRetireMany { get; init; }
}

/// <summary>Starts a run, or joins the one that is going on.</summary>
public sealed class RefreshRuns(BusinessStore store, JobQueue jobs, TimeProvider time) : IWhenConnected
{
    public async Task ConnectedAsync(ConnectionMade made)
    {
        await using var db = store.OpenForJob(made.BusinessId);
        await StartOrJoinAsync(db, new RefreshWish(made.IsFirst ? RefreshCause.Connected : RefreshCause.Reconnected, made.PersonId) { IsFull = true });
    }

    /// <summary>One live run per business: the transaction's write lock decides who is first. A wish that comes later joins it, and what it adds is heeded as far as the run has not passed it.</summary>
    internal async Task<Guid> StartOrJoinAsync(DextSageDb db, RefreshWish wish)
    {
        var (run, isNew) = await FindOrAddAsync(db, wish);
        // The row alone says that there is work; killed in between, the next start asks for it.
        if (isNew) await jobs.EnqueueAsync<RefreshWork>(db.BusinessId);
        return run;
    }

    private async Task<(Guid Run, bool IsNew)> FindOrAddAsync(DextSageDb db, RefreshWish wish)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var live = await db.RefreshRuns.Live().Include(r => r.Lists).SingleOrDefaultAsync();
        var run = live ?? New(db.BusinessId, wish);
        if (live is null) db.Add(run);
        else if (live.Status is RefreshStatus.Queued) live.IsFull |= wish.IsFull;
        if (wish.MayRetireMany) run.Lists.First(l => l.List == wish.ReloadOf).MayRetireMany = true;
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return (run.Id, live is null);
    }

    private RefreshRun New(Guid businessId, RefreshWish wish)
    {
        var run = new RefreshRun
        {
            BusinessId = businessId, Cause = wish.Cause, RequestedById = wish.PersonId, IsFull = wish.IsFull, ReloadOf = wish.ReloadOf, QueuedAt = time.GetUtcNow(), ProgressAt = time.GetUtcNow(),
        };
        run.Lists.AddRange(Enum.GetValues<ListKind>().Select(list => new ListProgress { RunId = run.Id, BusinessId = businessId, List = list }));
        return run;
    }
}
