using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>The pages of the lists: what they hold, a stretch of rows at a time, and how old it is.</summary>
public sealed class ListPages(BusinessStore store)
{
    private const int LongestStretch = 500;

    /// <param name="list">The list whose page it is; null for all of them.</param>
    public async Task<ListStanding> StandingAsync(Caller caller, ListKind? list = null, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var connection = await scope.Db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var isRefreshing = await scope.Db.RefreshRuns.Live().AnyAsync(cancellationToken);
        return new ListStanding(
            connection is { Status: ConnectionStatus.Connected or ConnectionStatus.ReconnectNeeded }, connection is { Status: ConnectionStatus.Connected },
            connection?.OrganisationName, connection?.LastRefreshedAt, isRefreshing)
        {
            DeletionsKnownUpTo = await DeletionsKnownUpToAsync(scope.Db, connection?.OrganisationId, list, cancellationToken),
        };
    }

    private static async Task<DateTimeOffset?> DeletionsKnownUpToAsync(DextSageDb db, string? organisation, ListKind? list, CancellationToken cancellationToken)
    {
        // Products and services share a page. What became of contacts is asked for with every refresh.
        ListKind[] lists = list switch
        {
            ListKind.Products => [ListKind.Products, ListKind.Services],
            ListKind.Categories or ListKind.AnalysisCategories => [list.Value],
            _ => [],
        };
        if (lists.Length == 0) return null;
        var run = await db.RefreshRuns.AsNoTracking().Include(r => r.Lists).Where(r => r.Status == RefreshStatus.Completed)
            .OrderByDescending(r => r.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        var byChanges = run?.Lists.Where(l => lists.Contains(l.List) && l.Since is not null).Select(l => l.List).ToList() ?? [];
        return await db.ListStates.Where(s => s.OrganisationId == organisation && byChanges.Contains(s.List)).MinAsync(s => (DateTimeOffset?)s.ComparedAt, cancellationToken);
    }

    /// <summary>How many entries match, under each filter.</summary>
    public async Task<ListTally> TallyAsync(Caller caller, ListQuery query, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        return await ListShape.Of(query.List).TallyAsync(scope.Db, query, cancellationToken);
    }

    /// <param name="skip">Rows above the stretch.</param>
    /// <param name="take">Rows of the stretch, at most 500.</param>
    public async Task<IReadOnlyList<ListRow>> RowsAsync(Caller caller, ListQuery query, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        return await ListShape.Of(query.List).RowsAsync(scope.Db, query, Math.Max(skip, 0), Math.Clamp(take, 0, LongestStretch), cancellationToken);
    }

    /// <summary>The classes and locations of the organisation, by its own names for them.</summary>
    public async Task<IReadOnlyList<AnalysisListView>> AnalysisAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var db = scope.Db;
        return await db.AnalysisTypes.AsNoTracking().Where(t => t.IsForLines && t.RetiredAt == null).OrderBy(t => t.Name)
            .Select(t => new AnalysisListView(t.Id, t.Name, t.ActiveAreas != "", db.AnalysisCategories.Count(c => c.AnalysisTypeSageId == t.SageId && c.RetiredAt == null)))
            .ToListAsync(cancellationToken);
    }
}
