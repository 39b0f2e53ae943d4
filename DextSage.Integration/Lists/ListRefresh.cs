using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Asking for a refresh, ending it, and seeing how it goes.</summary>
public sealed class ListRefresh(BusinessStore store, RefreshRuns runs, RefreshCancels cancels, RefreshTroubles troubles, JobQueue jobs, BusinessSignal signal)
{
    /// <summary>From the Manage menu: starts a refresh, or joins the one that is running; its id either way.</summary>
    public Task<Guid> RequestAsync(Caller caller, CancellationToken cancellationToken = default) =>
        RequestAsync(caller, Permission.ManageConnections, new RefreshWish(RefreshCause.Requested, caller.PersonId), cancellationToken);

    /// <summary>The same with every list as a whole, not its changes alone.</summary>
    public Task<Guid> RequestWholeAsync(Caller caller, CancellationToken cancellationToken = default) =>
        RequestAsync(caller, Permission.ManageConnections, new RefreshWish(RefreshCause.Requested, caller.PersonId) { IsFull = true }, cancellationToken);

    /// <summary>A list's Reload: a refresh in which this list comes in as a whole. Joins the one that is running.</summary>
    public Task<Guid> ReloadAsync(Caller caller, ListKind list, CancellationToken cancellationToken = default) =>
        RequestAsync(caller, Permission.SeeLists, new RefreshWish(RefreshCause.Reloaded, caller.PersonId) { ReloadOf = list }, cancellationToken);

    /// <summary>
    /// Ends a run; what came in stays, and so does what was not met. False when it had ended already.
    /// </summary>
    /// <exception cref="AccessDeniedException">The caller is neither an Admin nor who asked for the run.</exception>
    public async Task<bool> CancelAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var live = scope.Db.RefreshRuns.Live().Where(r => r.Id == runId);
        if (await live.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } run) return false;
        if (run.RequestedById != caller.PersonId && !scope.Member.Allows(Permission.ManageConnections))
            throw new AccessDeniedException(Permission.ManageConnections, isMember: true);

        await live.ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelAskedById, caller.PersonId), CancellationToken.None);
        // One that runs hears it now; one that waits is woken up to hear it.
        if (!cancels.Cancel(runId)) await jobs.EnqueueAsync<RefreshWork>(caller.BusinessId);
        return true;
    }

    /// <summary>The run that is going on, or else the last one that ended; null before the first.</summary>
    public async Task<RefreshView?> LatestAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await LatestAsync(scope.Db, cancellationToken);
    }

    internal async Task<RefreshView?> LatestAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var run = await db.RefreshRuns.AsNoTracking().Include(r => r.Lists).OrderByDescending(r => r.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        if (run is null) return null;
        // A run that has ended was written down: its trouble is over, whether or not its job has noticed.
        return RefreshView.Of(run) is { IsLive: true } live
            ? live with { StorageTrouble = troubles.Of(db.BusinessId) }
            : RefreshView.Of(run) with { IsOfEndedConnection = await db.Connections.AnyAsync(c => c.Status == ConnectionStatus.Disconnected, cancellationToken) };
    }

    private async Task<Guid> RequestAsync(Caller caller, Permission permission, RefreshWish wish, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, permission, cancellationToken);
        var run = await runs.StartOrJoinAsync(scope.Db, wish);
        signal.Raise(caller.BusinessId, News.Refresh);
        return run;
    }
}
