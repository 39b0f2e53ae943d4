using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>A run of the past, or the one that is going on.</summary>
/// <param name="RequestedBy">The person's name; null when it began by itself or they have left.</param>
public sealed record HistoryRun(RefreshView Run, string? RequestedBy)
{
    /// <summary>From its first request to its end; null while it goes on.</summary>
    public TimeSpan? Took => Run.EndedAt - Run.StartedAt;
}

/// <param name="Total">Runs in all.</param>
public sealed record HistoryPage(int Total, IReadOnlyList<HistoryRun> Runs);

/// <summary>The runs of a business, newest first, with the figures to list or to plot.</summary>
public sealed class RefreshHistory(BusinessStore store)
{
    /// <param name="take">1 to 200.</param>
    public async Task<HistoryPage> PageAsync(Caller caller, int skip = 0, int take = 20, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var db = scope.Db;
        var runs = await db.RefreshRuns.AsNoTracking().Include(r => r.Lists).OrderByDescending(r => r.QueuedAt)
            .Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 200)).ToListAsync(cancellationToken);
        return new HistoryPage(await db.RefreshRuns.CountAsync(cancellationToken), await NamedAsync(db, runs, cancellationToken));
    }

    /// <summary>One run; null where the business has none of this id.</summary>
    public async Task<HistoryRun?> FindAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var runs = await scope.Db.RefreshRuns.AsNoTracking().Include(r => r.Lists).Where(r => r.Id == runId).ToListAsync(cancellationToken);
        return (await NamedAsync(scope.Db, runs, cancellationToken)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<HistoryRun>> NamedAsync(DextSageDb db, List<RefreshRun> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(r => r.RequestedById).OfType<Guid>().Distinct().ToList();
        var names = await db.Memberships.Where(m => ids.Contains(m.PersonId)).Select(m => new { m.PersonId, m.Person!.DisplayName }).ToDictionaryAsync(m => m.PersonId, m => m.DisplayName, cancellationToken);
        return runs.ConvertAll(r => new HistoryRun(RefreshView.Of(r), r.RequestedById is { } by ? names.GetValueOrDefault(by) : null));
    }
}
