using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>An Admin's answer where a list came back from Sage empty, or with most of it missing. Until then the list is in force as it was.</summary>
public sealed class RefreshConfirmations(BusinessStore store, RefreshRuns runs, BusinessSignal signal)
{
    /// <summary>
    /// What is missing may be retired. The list is read once more, as a whole: if Sage has it again meanwhile, nothing is retired. The id of that run, or null
    /// when nothing is asked any more.
    /// </summary>
    public Task<Guid?> ApplyAsync(Caller caller, Guid runId, ListKind list, CancellationToken cancellationToken = default) =>
        AnswerAsync(caller, runId, list, db => runs.StartOrJoinAsync(db, new RefreshWish(RefreshCause.Requested, caller.PersonId) { ReloadOf = list, MayRetireMany = true }), cancellationToken);

    /// <summary>The list stays as it is. False when nothing is asked any more.</summary>
    public async Task<bool> DiscardAsync(Caller caller, Guid runId, ListKind list, CancellationToken cancellationToken = default) =>
        await AnswerAsync(caller, runId, list, _ => Task.FromResult(runId), cancellationToken) is not null;

    private async Task<Guid?> AnswerAsync(Caller caller, Guid runId, ListKind list, Func<DextSageDb, Task<Guid>> then, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var answered = await scope.Db.ListProgress.Where(l => l.RunId == runId && l.List == list && l.Stage == ListStage.NeedsConfirmation)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Stage, ListStage.Kept), CancellationToken.None);
        if (answered == 0) return null;
        var run = await then(scope.Db);
        signal.Raise(caller.BusinessId);
        return run;
    }
}
