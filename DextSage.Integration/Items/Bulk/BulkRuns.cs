using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items.Bulk;

/// <summary>How runs over many items go, and what they came to.</summary>
public sealed class BulkRuns(BusinessStore store)
{
    private const int MostRows = 200;

    /// <summary>Latest first: those of the business, or one's own for those who see only their own items.</summary>
    public async Task<IReadOnlyList<BulkRunView>> LatestAsync(Caller caller, int take, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await ViewsAsync(scope, scope.BulkRunsInSight().OrderByDescending(r => r.AskedAt).Take(Math.Clamp(take, 1, MostRows)), cancellationToken);
    }

    /// <summary>Null where there is no such run for this person.</summary>
    public async Task<BulkRunView?> FindAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return (await ViewsAsync(scope, scope.BulkRunsInSight().Where(r => r.Id == runId), cancellationToken)).SingleOrDefault();
    }

    /// <summary>A page of what it came to, item by item.</summary>
    /// <param name="done">Those that were changed, or those that were not.</param>
    public async Task<IReadOnlyList<BulkResultRow>> ResultsAsync(Caller caller, Guid runId, bool done, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (!await scope.BulkRunsInSight().AnyAsync(r => r.Id == runId, cancellationToken)) return [];
        var results = await scope.Db.BulkResults.AsNoTracking().Where(r => r.RunId == runId && (r.Outcome == BulkOutcome.Done) == done)
            .OrderBy(r => r.Position).Skip(skip).Take(Math.Clamp(take, 1, MostRows)).ToListAsync(cancellationToken);
        var ids = results.ConvertAll(r => r.ItemId).ToArray();
        var items = await scope.Items.Where(i => EF.Parameter(ids).Contains(i.Id))
            .Select(i => new { i.Id, Name = i.Workspace == Workspace.Sales ? i.CustomerName : i.SupplierName }).ToDictionaryAsync(i => i.Id, i => i.Name, cancellationToken);
        return results.ConvertAll(r => new BulkResultRow(r.Code, r.Outcome, r.Sentence, items.GetValueOrDefault(r.ItemId), items.ContainsKey(r.ItemId)));
    }

    private static async Task<IReadOnlyList<BulkRunView>> ViewsAsync(BusinessScope scope, IQueryable<BulkRun> runs, CancellationToken cancellationToken)
    {
        var found = await runs.AsNoTracking().Select(r => new { Run = r, Person = scope.Db.Users.Where(p => p.Id == r.PersonId).Select(p => p.DisplayName).FirstOrDefault() }).ToListAsync(cancellationToken);
        return found.ConvertAll(f => new BulkRunView(
            f.Run.Id, f.Run.Action, f.Run.Summary, f.Run.PersonId, f.Person ?? "Somebody who left", f.Run.PersonId == scope.Member.PersonId || scope.Member.Role is Role.Admin,
            f.Run.Status, f.Run.CancelRequested, f.Run.Total, f.Run.Position, f.Run.Done, f.Run.Skipped, f.Run.Failed, f.Run.AskedAt, f.Run.EndedAt, f.Run.Problem, f.Run.UndoOf, f.Run.UndoneBy));
    }
}
