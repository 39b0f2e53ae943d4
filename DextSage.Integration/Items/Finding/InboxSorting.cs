using System.Linq.Expressions;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>What is empty comes last in either direction, and the id decides between equals, so that rows do not trade places between two pages.</summary>
internal static class InboxSorting
{
    public static IQueryable<Item> SortedBy(this IQueryable<Item> items, DextSageDb db, InboxQuery query)
    {
        var isSale = query.Filter.Workspace is Workspace.Sales;
        return query.Sort switch
        {
            InboxColumn.Status => By(items, query, i => i.Status),
            InboxColumn.Type => By(items, query, i => i.Type),
            InboxColumn.Date => By(items, query, i => i.Date),
            InboxColumn.DueDate => By(items, query, i => i.DueDate),
            InboxColumn.Party => isSale ? By(items, query, i => i.CustomerName) : By(items, query, i => i.SupplierName),
            InboxColumn.Customer => By(items, query, i => i.CustomerName),
            InboxColumn.Category => By(items, query, i => i.Category!.DisplayName ?? i.CategoryName),
            InboxColumn.Description => By(items, query, i => i.Description),
            InboxColumn.Reference => By(items, query, i => i.Reference),
            InboxColumn.Class => By(items, query, i => i.Class!.DisplayName),
            InboxColumn.Location => By(items, query, i => i.Location!.DisplayName),
            InboxColumn.TaxRate => By(items, query, i => i.TaxRate!.DisplayName),
            InboxColumn.Net => By(items, query, i => i.Total - i.Tax),
            InboxColumn.Tax => By(items, query, i => i.Tax),
            InboxColumn.Total => By(items, query, i => i.Total),
            InboxColumn.Currency => By(items, query, i => i.Currency),
            InboxColumn.BaseTotal => By(items, query, i => i.Total * i.ExchangeRate),
            InboxColumn.Owner => By(items, query, i => db.Users.Where(p => p.Id == i.OwnerId).Select(p => p.DisplayName).FirstOrDefault()),
            InboxColumn.Added => By(items, query, i => i.CreatedAt),
            InboxColumn.Published => By(items, query, i => i.PublishedAt),
            InboxColumn.SageNumber => By(items, query, i => i.SageNumber),
            InboxColumn.Code => By(items, query, i => i.Code),
            InboxColumn.File => By(items, query, i => i.Document!.FileName),
            InboxColumn.Lines => By(items, query, i => i.Lines.Count),
            InboxColumn.Note => By(items, query, i => i.Note),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, message: null),
        };
    }

    private static IQueryable<Item> By<TKey>(IQueryable<Item> items, InboxQuery query, Expression<Func<Item, TKey>> key)
    {
        // The database takes nothing for less than anything: descending, it comes last by itself.
        if (query.Descending) return items.OrderByDescending(key).ThenByDescending(i => i.Id);
        return default(TKey) is null ? items.OrderBy(IsEmpty(key)).ThenBy(key).ThenBy(i => i.Id) : items.OrderBy(key).ThenBy(i => i.Id);
    }

    private static Expression<Func<Item, bool>> IsEmpty<TKey>(Expression<Func<Item, TKey>> key) =>
        Expression.Lambda<Func<Item, bool>>(Expression.Equal(key.Body, Expression.Constant(null, typeof(TKey))), key.Parameters);
}
