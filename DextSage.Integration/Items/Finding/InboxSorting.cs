using System.Linq.Expressions;

namespace DextSage.Integration.Items;

/// <summary>The columns by which an inbox is sorted.</summary>
public enum InboxSort { Added, Date, Supplier, Category, Total, Status }

/// <summary>What is empty comes last in either direction, and the id decides between equals, so that rows do not trade places between two pages.</summary>
internal static class InboxSorting
{
    public static IQueryable<Item> SortedBy(this IQueryable<Item> items, InboxQuery query) => query.Sort switch
    {
        InboxSort.Added => By(items, i => i.CreatedAt, query.Descending),
        InboxSort.Date => By(items, i => i.Date, query.Descending),
        InboxSort.Supplier => query.Filter.Workspace is Workspace.Sales ? By(items, i => i.CustomerName, query.Descending) : By(items, i => i.SupplierName, query.Descending),
        InboxSort.Category => By(items, i => i.Category!.DisplayName, query.Descending),
        InboxSort.Total => By(items, i => i.Total, query.Descending),
        InboxSort.Status => By(items, i => i.Status, query.Descending),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, message: null),
    };

    private static IQueryable<Item> By<TKey>(IQueryable<Item> items, Expression<Func<Item, TKey>> key, bool descending) =>
        descending ? items.OrderByDescending(key).ThenByDescending(i => i.Id) : FilledFirst(items, key).ThenBy(key).ThenBy(i => i.Id);

    // The database takes nothing for less than anything.
    private static IOrderedQueryable<Item> FilledFirst<TKey>(IQueryable<Item> items, Expression<Func<Item, TKey>> key) =>
        items.OrderBy(Expression.Lambda<Func<Item, bool>>(
            default(TKey) is null ? Expression.Equal(key.Body, Expression.Constant(null, typeof(TKey))) : Expression.Constant(value: false), key.Parameters));
}
