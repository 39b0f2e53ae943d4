using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Asking for a refresh, and seeing how it goes.</summary>
public sealed class ListRefresh(BusinessStore store, RefreshRuns runs, BusinessSignal signal)
{
    /// <summary>Starts a refresh, or joins the one that is running: its id either way.</summary>
    public Task<Guid> RequestAsync(Caller caller, CancellationToken cancellationToken = default) =>
        StartAsync(caller, Permission.ManageConnections, RefreshCause.Requested, cancellationToken);

    /// <summary>The same from a list's page, for whoever may see it.</summary>
    public Task<Guid> ReloadAsync(Caller caller, CancellationToken cancellationToken = default) =>
        StartAsync(caller, Permission.SeeLists, RefreshCause.Reloaded, cancellationToken);

    private async Task<Guid> StartAsync(Caller caller, Permission permission, RefreshCause cause, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, permission, cancellationToken);
        var run = await runs.StartOrJoinAsync(scope.Db, cause, caller.PersonId);
        signal.Raise(caller.BusinessId);
        return run;
    }

    /// <summary>The run that is going on, or else the last one that ended; null before the first.</summary>
    public async Task<RefreshView?> LatestAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var run = await scope.Db.RefreshRuns.AsNoTracking().Include(r => r.Lists).OrderByDescending(r => r.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : new RefreshView(
            run.Id, run.Status, run.Cause, run.QueuedAt, run.EndedAt, run.Problem,
            [.. run.Lists.OrderBy(l => l.List).Select(l => new ListProgressView(l.List, l.Stage, l.Seen, l.Announced, l.Added, l.Changed, l.Retired))]);
    }
}
