using System.Linq.Expressions;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>From a filter to its items: the one place that says what a filter means, for pages, counts and whatever is done to all that match.</summary>
internal static class ItemFinding
{
    /// <summary>Among the items that the member may see.</summary>
    /// <param name="hits">What the filter's search finds, where that was looked up already.</param>
    public static IQueryable<Item> Matching(this BusinessScope scope, ItemFilter filter, IQueryable<Guid>? hits = null) => scope.MatchingOnAnyTab(filter, hits).Lying(filter.Tab);

    /// <summary>The same whatever the tab.</summary>
    /// <inheritdoc cref="Matching"/>
    public static IQueryable<Item> MatchingOnAnyTab(this BusinessScope scope, ItemFilter filter, IQueryable<Guid>? hits = null)
    {
        var items = scope.Items.Where(i => i.Workspace == filter.Workspace);
        items = Using(items, filter);
        items = Being(items, filter, scope);
        items = Within(items, filter);
        items = Having(items, filter, scope.Db);
        return SearchText.Of(filter.Search) is { } text ? Among(hits ?? ItemSearch.Hits(scope.Db, text), items) : items;
    }

    /// <summary>What the filter's search finds; null without one.</summary>
    public static async Task<IQueryable<Guid>?> HitsAsync(this BusinessScope scope, ItemFilter filter, CancellationToken cancellationToken) =>
        SearchText.Of(filter.Search) is { } text ? await ItemSearch.LookUpAsync(scope.Db, text, cancellationToken) : null;

    public static IQueryable<Item> Lying(this IQueryable<Item> items, InboxTab tab) => tab switch
    {
        InboxTab.Inbox => items.Where(i => i.Place == Place.Inbox),
        InboxTab.ToReview => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.ToReview),
        InboxTab.Ready => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.Ready),
        // What is tried again is no failure now.
        InboxTab.Failed => items.Where(i => i.Place == Place.Inbox && i.Failure != null && i.Status != ItemStatus.Publishing),
        InboxTab.Processing => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.Processing),
        InboxTab.Archive => items.Where(i => i.Place == Place.Archive),
        InboxTab.Bin => items.Where(i => i.Place == Place.Bin),
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, message: null),
    };

    private static IQueryable<Item> Using(IQueryable<Item> items, ItemFilter filter)
    {
        if (filter.Supplier is { } supplier) items = items.Where(i => i.SupplierId == supplier);
        if (filter.Customer is { } customer) items = items.Where(i => i.CustomerId == customer);
        if (filter.Category is { } category) items = items.Where(i => i.CategoryId == category || i.Lines.Any(l => l.CategoryId == category));
        if (filter.TaxRate is { } rate) items = items.Where(i => i.TaxRateId == rate || i.Lines.Any(l => l.TaxRateId == rate));
        if (filter.Product is { } product) items = items.Where(i => i.Lines.Any(l => l.ProductId == product));
        foreach (var analysis in new[] { filter.Class, filter.Location }.OfType<Guid>())
            items = items.Where(i => i.ClassId == analysis || i.LocationId == analysis || i.Lines.Any(l => l.ClassId == analysis || l.LocationId == analysis));
        return items;
    }

    private static IQueryable<Item> Being(IQueryable<Item> items, ItemFilter filter, BusinessScope scope)
    {
        if (filter.Type is { } type) items = items.Where(i => i.Type == type);
        if (filter.Currency is { } currency) items = items.Where(i => i.Currency == currency);
        if (filter.Owner is { } owner) items = items.Where(i => i.OwnerId == owner);
        if (filter.IsMine is { } mine)
        {
            var me = scope.Member.PersonId;
            items = mine ? items.Where(i => i.OwnerId == me) : items.Where(i => i.OwnerId != me);
        }

        if (filter.Source is { } source) items = items.Where(i => i.Source == source);
        if (filter.Failure is { } kind) items = items.Where(i => i.Failure!.Kind == kind);
        return items;
    }

    private static IQueryable<Item> Within(IQueryable<Item> items, ItemFilter filter)
    {
        if (filter.Total?.From is { } least) items = items.Where(i => i.Total >= least);
        if (filter.Total?.To is { } most) items = items.Where(i => i.Total <= most);
        if (filter.Date?.From is { } from) items = items.Where(i => i.Date >= from);
        if (filter.Date?.To is { } to) items = items.Where(i => i.Date <= to);
        if (filter.DueDate?.From is { } dueFrom) items = items.Where(i => i.DueDate >= dueFrom);
        if (filter.DueDate?.To is { } dueTo) items = items.Where(i => i.DueDate <= dueTo);
        if (filter.Added?.From is { } addedFrom && Start(addedFrom) is var addedStart) items = items.Where(i => i.CreatedAt >= addedStart);
        if (filter.Added?.To is { } addedTo && End(addedTo) is { } addedEnd) items = items.Where(i => i.CreatedAt < addedEnd);
        if (filter.Published?.From is { } publishedFrom && Start(publishedFrom) is var publishedStart) items = items.Where(i => i.PublishedAt >= publishedStart);
        if (filter.Published?.To is { } publishedTo && End(publishedTo) is { } publishedEnd) items = items.Where(i => i.PublishedAt < publishedEnd);
        return items;
    }

    private static IQueryable<Item> Having(IQueryable<Item> items, ItemFilter filter, DextSageDb db)
    {
        items = Pair(items, filter.HasTax, i => i.Tax != null && i.Tax != 0);
        items = Pair(items, filter.HasCategory, i => i.Lines.Any() ? i.Lines.All(l => l.CategoryId != null) : i.CategoryId != null);
        items = Pair(items, filter.HasTaxRate, i => i.Lines.Any() ? i.Lines.All(l => l.TaxRateId != null) : i.TaxRateId != null);
        items = Pair(items, filter.HasNote, i => i.Note != null);
        items = Pair(items, filter.HasDocument, i => i.DocumentId != null);
        items = Pair(items, filter.HasLines, i => i.Lines.Any());
        items = Pair(items, filter.IsDuplicate, i => i.IsDuplicate);
        items = Pair(items, filter.IsFlagged, i => i.FlaggedBy != null);
        items = Pair(items, filter.IsPublishing, i => i.Status == ItemStatus.Publishing);
        return Pair(items, filter.IsForeign, i => i.Currency != null && i.Currency !=
            (db.Connections.Select(c => c.BaseCurrency).FirstOrDefault() ?? db.Businesses.Where(b => b.Id == db.BusinessId).Select(b => b.BaseCurrency).FirstOrDefault()));
    }

    private static IQueryable<Item> Pair(IQueryable<Item> items, bool? wanted, Expression<Func<Item, bool>> has) => wanted switch
    {
        null => items,
        true => items.Where(has),
        false => items.Where(Expression.Lambda<Func<Item, bool>>(Expression.Not(has.Body), has.Parameters)),
    };

    // From the few that are found to their items: a CROSS JOIN is done in this order, whatever the page is sorted by (https://sqlite.org/optoverview.html#crossjoin).
    private static IQueryable<Item> Among(IQueryable<Guid> hits, IQueryable<Item> items) => from hit in hits from item in items where item.Id == hit select item;

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    // The last day there is has no end.
    private static DateTimeOffset? End(DateOnly day) => day == DateOnly.MaxValue ? null : Start(day.AddDays(1));
}
