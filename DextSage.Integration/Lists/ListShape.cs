using System.Globalization;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>What the pages of the lists need to know of one of them: where its rows are, and how they are searched, sorted and read.</summary>
internal abstract class ListShape
{
    public abstract Task<ListTally> TallyAsync(DextSageDb db, ListQuery query, CancellationToken cancellationToken);
    public abstract Task<IReadOnlyList<ListRow>> RowsAsync(DextSageDb db, ListQuery query, int skip, int take, CancellationToken cancellationToken);

    /// <param name="only">These alone; null for all that match.</param>
    public abstract Task<int> SetVisibleAsync(DextSageDb db, ListQuery query, IReadOnlyList<Guid>? only, bool visible, Guid change, CancellationToken cancellationToken);

    /// <summary>The entries that are in use, among those named or else all that match.</summary>
    public abstract Task<IReadOnlyList<Guid>> InUseAsync(DextSageDb db, ListQuery query, IReadOnlyList<Guid>? only, CancellationToken cancellationToken);
    public abstract Task UndoVisibleAsync(DextSageDb db, Guid change, bool visible, CancellationToken cancellationToken);
    public abstract Task<string?> NameAsync(DextSageDb db, Guid id, CancellationToken cancellationToken);

    public static ListShape Of(ListKind list) => list switch
    {
        ListKind.Categories => ListShapes.Categories,
        ListKind.TaxRates => ListShapes.TaxRates,
        ListKind.Suppliers => ListShapes.Suppliers,
        ListKind.Customers => ListShapes.Customers,
        ListKind.Products => ListShapes.Products,
        ListKind.BankAccounts => ListShapes.BankAccounts,
        ListKind.AnalysisCategories => ListShapes.AnalysisCategories,
        ListKind.Currencies => ListShapes.Currencies,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "This list has no page."),
    };
}

internal sealed class ListShape<T> : ListShape where T : ListEntry
{
    /// <summary>Entries whose code is like the pattern, beside those whose name is.</summary>
    public required Func<IQueryable<T>, string, IQueryable<T>> Search { get; init; }
    public required Func<IQueryable<T>, bool, IOrderedQueryable<T>> ByCode { get; init; }
    public required Func<T, string?> Code { get; init; }

    /// <summary>What an entry is called on the page.</summary>
    public Func<T, string> Title { get; init; } = e => e.Name;
    public Func<IQueryable<T>, DextSageDb, ListQuery, IQueryable<T>> Narrow { get; init; } = (entries, _, _) => entries;

    /// <summary>Sage ids of the categories and tax rates that an entry points to.</summary>
    public Func<T, string?[]> PointsTo { get; init; } = _ => [];

    /// <summary>Names of what of ours points to the entries, by entry.</summary>
    public Func<DextSageDb, IReadOnlyList<Guid>, CancellationToken, Task<ILookup<Guid, string>>>? PointedToBy { get; init; }

    /// <summary>The words of <see cref="ListColumns.More"/>, but for a last one with <see cref="PointedToBy"/>; the names of what it points to are looked up already.</summary>
    public Func<T, Func<string?, string?>, string?[]> Cells { get; init; } = (_, _) => [];

    public override async Task<ListTally> TallyAsync(DextSageDb db, ListQuery query, CancellationToken cancellationToken)
    {
        var counts = await Matching(db, query with { Filter = ListFilter.All })
            .GroupBy(e => new { IsRetired = e.RetiredAt != null, e.IsVisible })
            .Select(g => new { g.Key.IsRetired, g.Key.IsVisible, Count = g.Count() }).ToListAsync(cancellationToken);
        return new ListTally(
            counts.Where(c => c is { IsRetired: false, IsVisible: true }).Sum(c => c.Count),
            counts.Where(c => c is { IsRetired: false, IsVisible: false }).Sum(c => c.Count),
            counts.Where(c => c.IsRetired).Sum(c => c.Count));
    }

    public override async Task<IReadOnlyList<ListRow>> RowsAsync(DextSageDb db, ListQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        var entries = await Sorted(Matching(db, query), query).AsNoTracking().Skip(skip).Take(take).ToListAsync(cancellationToken);
        var names = await NamesAsync(db, [.. entries.SelectMany(PointsTo).OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken);
        var users = PointedToBy is null ? null : await PointedToBy(db, [.. entries.Select(e => e.Id)], cancellationToken);
        return [.. entries.Select(e => new ListRow(e.Id, Title(e), Code(e), [.. Cells(e, NameOf), .. UsersOf(e)], e.IsVisible, e.IsOwn, e.RetiredAt))];

        string? NameOf(string? id) => id is null ? null : names.GetValueOrDefault(id);

        string?[] UsersOf(T entry) => users is null ? [] : [users.Contains(entry.Id) ? string.Join(", ", users[entry.Id]) : null];
    }

    public override Task<int> SetVisibleAsync(DextSageDb db, ListQuery query, IReadOnlyList<Guid>? only, bool visible, Guid change, CancellationToken cancellationToken) =>
        InUse(db, query, only).Where(e => e.IsVisible != visible)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.IsVisible, visible).SetProperty(e => e.VisibilityChange, change), cancellationToken);

    public override async Task<IReadOnlyList<Guid>> InUseAsync(DextSageDb db, ListQuery query, IReadOnlyList<Guid>? only, CancellationToken cancellationToken) =>
        await InUse(db, query, only).OrderBy(e => e.Name).ThenBy(e => e.Id).Select(e => e.Id).ToListAsync(cancellationToken);

    public override Task UndoVisibleAsync(DextSageDb db, Guid change, bool visible, CancellationToken cancellationToken) =>
        db.Set<T>().Where(e => e.VisibilityChange == change)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.IsVisible, !visible).SetProperty(e => e.VisibilityChange, (Guid?)null), cancellationToken);

    public override Task<string?> NameAsync(DextSageDb db, Guid id, CancellationToken cancellationToken) =>
        db.Set<T>().Where(e => e.Id == id).Select(e => (string?)e.Name).SingleOrDefaultAsync(cancellationToken);

    private IQueryable<T> InUse(DextSageDb db, ListQuery query, IReadOnlyList<Guid>? only) =>
        (only is null ? Matching(db, query) : db.Set<T>().Where(e => only.Contains(e.Id))).Where(e => e.RetiredAt == null);

    private IQueryable<T> Matching(DextSageDb db, ListQuery query)
    {
        var entries = Narrow(db.Set<T>(), db, query);
        entries = query.Filter switch
        {
            ListFilter.Visible => entries.Where(e => e.RetiredAt == null && e.IsVisible),
            ListFilter.Hidden => entries.Where(e => e.RetiredAt == null && !e.IsVisible),
            ListFilter.Retired => entries.Where(e => e.RetiredAt != null),
            _ => entries,
        };
        return string.IsNullOrWhiteSpace(query.Search) ? entries : Search(entries, $"%{Like.Escape(query.Search.Trim())}%");
    }

    // The id last, so that equal names do not trade places while somebody scrolls.
    private IQueryable<T> Sorted(IQueryable<T> entries, ListQuery query)
    {
        // All in one direction, so that an index can give the order either way.
        if (query.Sort is ListSort.Code)
        {
            var byCode = ByCode(entries, query.Descending);
            return query.Descending ? byCode.ThenByDescending(e => e.Name).ThenByDescending(e => e.Id) : byCode.ThenBy(e => e.Name).ThenBy(e => e.Id);
        }
        return query.Descending ? entries.OrderByDescending(e => e.Name).ThenByDescending(e => e.Id) : entries.OrderBy(e => e.Name).ThenBy(e => e.Id);
    }

    private static async Task<Dictionary<string, string>> NamesAsync(DextSageDb db, List<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var categories = db.Categories.Where(c => ids.Contains(c.SageId)).Select(c => new { c.SageId, c.Name });
        var rates = db.TaxRates.Where(r => ids.Contains(r.SageId)).Select(r => new { r.SageId, Name = r.DisplayName });
        return await categories.Concat(rates).ToDictionaryAsync(n => n.SageId, n => n.Name, StringComparer.Ordinal, cancellationToken);
    }
}
