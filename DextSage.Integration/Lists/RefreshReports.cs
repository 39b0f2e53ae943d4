using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>One line of a report.</summary>
public sealed record ChangeLine(Guid Id, ListKind List, ListChangeKind Kind, string SageId, string Name, string? Before, string? After);

/// <param name="Total">Lines that the filter leaves, on all pages.</param>
public sealed record ChangePage(int Total, IReadOnlyList<ChangeLine> Lines);

/// <summary>How many lines a report has of one kind of one list.</summary>
public sealed record ChangeCount(ListKind List, ListChangeKind Kind, int Lines);

/// <summary>An entry that a run has retired, that is retired still, and what points to it now.</summary>
public sealed record HangingEntry(Guid EntryId, ListKind List, string Name, IReadOnlyList<EntryUse> Uses);

/// <summary>A report as a whole: what there is to filter by, and what there is to mend.</summary>
public sealed record ReportOverview(IReadOnlyList<ChangeCount> Counts, IReadOnlyList<HangingEntry> Hanging);

/// <summary>What a run found different, entry by entry. The first filling of a list is counted in the run and has no lines.</summary>
public sealed class RefreshReports(BusinessStore store, IEnumerable<IUsesEntries> users)
{
    /// <summary>In the order of lists, and within one in the order in which it was found.</summary>
    /// <param name="take">1 to 200.</param>
    public async Task<ChangePage> PageAsync(
        Caller caller, Guid runId, ListKind? list = null, ListChangeKind? kind = null, int skip = 0, int take = 50, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var changes = scope.Db.ListChanges.AsNoTracking().Where(c => c.RunId == runId && (list == null || c.List == list) && (kind == null || c.Kind == kind));
        var page = await changes.OrderBy(c => c.List).ThenBy(c => c.Id).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 200))
            .Select(c => new ChangeLine(c.Id, c.List, c.Kind, c.SageId, c.Name, c.Before, c.After)).ToListAsync(cancellationToken);
        return new ChangePage(await changes.CountAsync(cancellationToken), page);
    }

    public async Task<ReportOverview> OverviewAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var changes = scope.Db.ListChanges.AsNoTracking().Where(c => c.RunId == runId);
        var counts = await changes.GroupBy(c => new { c.List, c.Kind }).Select(g => new ChangeCount(g.Key.List, g.Key.Kind, g.Count())).ToListAsync(cancellationToken);

        var hanging = new List<HangingEntry>();
        foreach (var list in counts.Where(c => c.Kind is ListChangeKind.Retired).Select(c => c.List).Order())
            hanging.AddRange(await HangingAsync(scope.Db, list, changes.Where(c => c.List == list && c.Kind == ListChangeKind.Retired), cancellationToken));
        return new ReportOverview(counts, hanging);
    }

    private async Task<IEnumerable<HangingEntry>> HangingAsync(DextSageDb db, ListKind list, IQueryable<ListChange> retired, CancellationToken cancellationToken)
    {
        var gone = await EntriesOf(db, list).AsNoTracking().Where(e => e.RetiredAt != null && retired.Any(c => c.SageId == e.SageId))
            .OrderBy(e => e.DisplayName).Select(e => new { e.Id, e.DisplayName }).ToListAsync(cancellationToken);
        var ids = gone.ConvertAll(e => e.Id);
        var uses = new List<EntryUse>();
        foreach (var user in users) uses.AddRange(await user.UsesAsync(db, list, ids, cancellationToken));
        var byEntry = uses.ToLookup(u => u.EntryId);
        return gone.Where(e => byEntry.Contains(e.Id)).Select(e => new HangingEntry(e.Id, list, e.DisplayName, [.. byEntry[e.Id]]));
    }

    private static IQueryable<ListEntry> EntriesOf(DextSageDb db, ListKind list) => list switch
    {
        ListKind.TaxRates => db.TaxRates,
        ListKind.Categories => db.Categories,
        ListKind.Suppliers => db.Suppliers,
        ListKind.Customers => db.Customers,
        ListKind.Products or ListKind.Services => db.Products,
        ListKind.BankAccounts => db.BankAccounts,
        ListKind.PaymentMethods => db.SagePaymentMethods,
        ListKind.AnalysisTypes => db.AnalysisTypes,
        ListKind.AnalysisCategories => db.AnalysisCategories,
        ListKind.Currencies => db.Currencies,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
    };
}
