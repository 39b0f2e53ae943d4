using System.Globalization;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The Costs inbox: pages of rows, and the counts on its tabs.</summary>
public sealed class Inbox(BusinessStore store)
{
    private const int LargestPage = 200;

    public async Task<InboxPage> PageAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var context = await ReviewContext.ReadAsync(scope.Db, cancellationToken);
        var matching = Search(OnTab(Using(scope.Items, query.Of), query.Tab), query.Search);
        var total = await matching.CountAsync(cancellationToken);
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        var items = await Sort(matching, query).WithEntries().AsNoTracking()
            .Skip(Math.Max(query.Page, 0) * size).Take(size).ToListAsync(cancellationToken);
        var ownerIds = items.Select(i => i.OwnerId).Distinct().ToList();
        var owners = await scope.Db.Users.Where(p => ownerIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        var of = query.Of is { } used ? await ListShape.Of(used.List).NameAsync(scope.Db, used.Entry, cancellationToken) : null;
        return new InboxPage([.. items.Select(i => Row(i, owners[i.OwnerId], context))], total, of);
    }

    public async Task<InboxCounts> CountsAsync(Caller caller, ItemsOf? of = null, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var items = Using(scope.Items, of);
        var byPlace = await items.GroupBy(i => i.Place).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        items = OnTab(items, InboxTab.Inbox);
        var byStatus = await items.GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var failed = await OnTab(items, InboxTab.Failed).CountAsync(cancellationToken);
        int Of(ItemStatus status) => byStatus.GetValueOrDefault(status);
        return new InboxCounts(
            Inbox: byPlace.GetValueOrDefault(Place.Inbox), Of(ItemStatus.ToReview), Of(ItemStatus.Ready), failed, Archive: byPlace.GetValueOrDefault(Place.Archive), Of(ItemStatus.Processing));
    }

    private static IQueryable<Item> Using(IQueryable<Item> items, ItemsOf? of) => of switch
    {
        null => items,
        { List: ListKind.Suppliers } => items.Where(i => i.SupplierId == of.Entry),
        { List: ListKind.Categories } => items.Where(i => i.CategoryId == of.Entry),
        { List: ListKind.TaxRates } => items.Where(i => i.TaxRateId == of.Entry),
        _ => throw new ArgumentOutOfRangeException(nameof(of), of.List, "No item points to this list."),
    };

    private static IQueryable<Item> OnTab(IQueryable<Item> items, InboxTab tab) => tab switch
    {
        InboxTab.Inbox => items.Where(i => i.Place == Place.Inbox),
        InboxTab.ToReview => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.ToReview),
        InboxTab.Ready => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.Ready),
        InboxTab.Failed => items.Where(i => i.Place == Place.Inbox && i.Failure != null),
        InboxTab.Archive => items.Where(i => i.Place == Place.Archive),
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, message: null),
    };

    private static IQueryable<Item> Search(IQueryable<Item> items, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return items;
        var pattern = "%" + Like.Escape(typed.Trim()) + "%";
        decimal? amount = decimal.TryParse(typed, NumberStyles.Number, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        return items.Where(i =>
            EF.Functions.Like(i.SupplierName!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Reference!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Description!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Category!.DisplayName, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Document!.FileName, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Note!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.SageNumber!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Code, pattern, Like.EscapeCharacter)
            || (amount != null && (i.Total == amount || i.Tax == amount)));
    }

    // The id last, so that equal rows do not trade places between two pages.
    private static IQueryable<Item> Sort(IQueryable<Item> items, InboxQuery query) => query.Sort switch
    {
        InboxSort.Added => By(items, i => i.CreatedAt, query.Descending),
        InboxSort.Date => By(items, i => i.Date, query.Descending),
        InboxSort.Supplier => By(items, i => i.SupplierName, query.Descending),
        InboxSort.Category => By(items, i => i.Category!.DisplayName, query.Descending),
        InboxSort.Total => By(items, i => i.Total, query.Descending),
        InboxSort.Status => By(items, i => i.Status, query.Descending),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, message: null),
    };

    private static IQueryable<Item> By<TKey>(IQueryable<Item> items, System.Linq.Expressions.Expression<Func<Item, TKey>> key, bool descending) =>
        descending ? items.OrderByDescending(key).ThenByDescending(i => i.Id) : items.OrderBy(key).ThenBy(i => i.Id);

    private static InboxRow Row(Item item, string owner, ReviewContext context) => new(
        item.Code, item.Version, item.Status, item.Type, item.Date, item.SupplierName, item.Category?.DisplayName ?? item.CategoryName, item.TaxRate?.DisplayName,
        item.Reference, item.Total, item.Tax, item.Currency, item.Document?.FileName, owner, item.CreatedAt,
        item.Failure, item.SageNumber, item.SageUrl, item.WaitingBecause,
        item.Status is ItemStatus.ToReview ? [.. ItemReview.Issues(ItemUnderReview.Of(item, context)).Select(i => i.Sentence)] : []);
}
