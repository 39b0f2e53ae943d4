using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Lists;

/// <summary>
/// Brings the lists in, one after the other. A run that was broken off resumes at the list it was on. Only a run that came to
/// its end retires what it did not meet; an incomplete one retires nothing.
/// </summary>
public sealed partial class RefreshWork(
    BusinessStore store, ISageClient sage, ListSync sync, ConnectionHealth health, BusinessSignal signal,
    IEnumerable<IWhenRefreshed> followers, TimeProvider time, ILogger<RefreshWork> logger) : IBusinessWork
{
    public IQueryable<Guid> Pending(DextSageDb db) =>
        db.RefreshRuns.IgnoreQueryFilters().Where(r => r.Status == RefreshStatus.Queued || r.Status == RefreshStatus.Running).Select(r => r.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var run = await db.RefreshRuns.Include(r => r.Lists)
            .SingleOrDefaultAsync(r => r.Status == RefreshStatus.Queued || r.Status == RefreshStatus.Running, cancellationToken);
        if (run is null) return null;

        run.Status = RefreshStatus.Running;
        run.StartedAt ??= time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise(businessId);

        var problem = await BringInAsync(db, run, cancellationToken);
        run.Status = problem is null ? RefreshStatus.Completed : RefreshStatus.Failed;
        run.Problem = problem;
        run.EndedAt = time.GetUtcNow();
        await db.SaveChangesAsync(CancellationToken.None);
        Log.Ended(logger, run.Id, businessId, run.Status);

        if (problem is null)
            foreach (var follower in followers) await follower.RefreshedAsync(businessId, cancellationToken);
        signal.Raise(businessId);
        return null;
    }

    /// <summary>Null when all went well, or else the sentence that the banner shows.</summary>
    private async Task<string?> BringInAsync(DextSageDb db, RefreshRun run, CancellationToken cancellationToken)
    {
        var connection = await db.Connections.SingleOrDefaultAsync(cancellationToken);
        if (connection is not { Status: ConnectionStatus.Connected, GrantId: { } grantId })
            return "There is no working connection to Sage. An Admin can reconnect under Business settings, Connections.";
        var target = new SageTarget(grantId, connection.OrganisationId);

        foreach (var progress in run.Lists.Where(l => l.Stage is ListStage.Waiting or ListStage.Coming).OrderBy(l => l.List))
        {
            if (await sync.ReadAsync(db, target, run, progress, cancellationToken) is not { } failure) continue;
            if (MayDoWithout(progress.List, failure))
            {
                progress.Stage = ListStage.NotAllowed;
                await db.SaveChangesAsync(cancellationToken);
                continue;
            }

            progress.Stage = ListStage.Failed;
            await health.NoteAsync(run.BusinessId, grantId, failure);
            Log.ListFailed(logger, run.Id, progress.List, failure.Kind, failure.RequestId);
            return $"{progress.List.Name()}: {failure.Kind.Sentence} {failure.Kind.Action} Nothing was lost: what came in before stays in force.";
        }

        await RenewFactsAsync(connection, target, cancellationToken);
        await sync.RetireAsync(db, run, cancellationToken);
        connection.LastRefreshedAt = time.GetUtcNow();
        connection.Version++;
        return null;
    }

    // A person without the Settings right reads neither, and the Start plan has none (Sage API 7).
    private static bool MayDoWithout(ListKind list, SageFailure failure) =>
        list is ListKind.AnalysisTypes or ListKind.AnalysisCategories && failure.Kind is SageFailureKind.AccessDenied or SageFailureKind.NoSubscription;

    private async Task RenewFactsAsync(Connection connection, SageTarget target, CancellationToken cancellationToken)
    {
        var business = await sage.BusinessAsync(target, connection.OrganisationId!, cancellationToken);
        var settings = await sage.FinancialSettingsAsync(target, cancellationToken);
        OrganisationFacts.Apply(connection, business.Value ?? new SageBusiness(), settings.Value);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refresh {RunId} of business {BusinessId} ended: {Status}")]
        public static partial void Ended(ILogger logger, Guid runId, Guid businessId, RefreshStatus status);

        [LoggerMessage(2, LogLevel.Warning, "Refresh {RunId} could not bring in {List}: {Kind} (Sage request {RequestId})")]
        public static partial void ListFailed(ILogger logger, Guid runId, ListKind list, SageFailureKind kind, string? requestId);
    }
}

/// <summary>What another room does once the lists are fresh.</summary>
public interface IWhenRefreshed
{
    Task RefreshedAsync(Guid businessId, CancellationToken cancellationToken);
}
