using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Asking for a refresh, and seeing how it goes.</summary>
public sealed class ListRefresh(BusinessStore store, RefreshRuns runs, BusinessSignal signal)
{
    /// <summary>Starts a refresh, or joins the one that is running: its id either way.</summary>
    public async Task<Guid> RequestAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var run = await runs.StartOrJoinAsync(scope.Db, RefreshCause.Requested, caller.PersonId);
        signal.Raise(caller.BusinessId);
        return run;
    }

    /// <summary>The run that is going on, or else the last one that ended; null before the first.</summary>
    public async Task<RefreshView?> LatestAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await LatestAsync(scope.Db, cancellationToken);
    }

    internal static async Task<RefreshView?> LatestAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var run = await db.RefreshRuns.AsNoTracking().Include(r => r.Lists).OrderByDescending(r => r.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : new RefreshView(
            run.Id, run.Status, run.Cause, run.QueuedAt, run.EndedAt, run.Problem,
            [.. run.Lists.OrderBy(l => l.List).Select(l => new ListProgressView(l.List, l.Stage, l.Seen, l.Announced, l.Added, l.Changed, l.Retired))]);
    }
}
