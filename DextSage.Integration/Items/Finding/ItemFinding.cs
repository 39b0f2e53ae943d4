using System.Globalization;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>From a filter to its items: the one place that says what a filter means, for pages, counts and whatever is done to all that match.</summary>
internal static class ItemFinding
{
    /// <summary>Among the items that the member may see.</summary>
    public static IQueryable<Item> Matching(this BusinessScope scope, ItemFilter filter) => Lying(scope.Matching(filter, everywhere: true), filter.Tab);

    /// <summary>The same whatever the tab.</summary>
    public static IQueryable<Item> Matching(this BusinessScope scope, ItemFilter filter, bool everywhere) =>
        everywhere ? Search(Using(scope.Items.Where(i => i.Workspace == filter.Workspace), filter), filter.Search) : scope.Matching(filter);

    public static IQueryable<Item> Lying(this IQueryable<Item> items, InboxTab tab) => tab switch
    {
        InboxTab.Inbox => items.Where(i => i.Place == Place.Inbox),
        InboxTab.ToReview => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.ToReview),
        InboxTab.Ready => items.Where(i => i.Place == Place.Inbox && i.Status == ItemStatus.Ready),
        InboxTab.Failed => items.Where(i => i.Place == Place.Inbox && i.Failure != null),
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

    private static IQueryable<Item> Search(IQueryable<Item> items, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return items;
        var pattern = "%" + Like.Escape(typed.Trim()) + "%";
        decimal? amount = decimal.TryParse(typed, NumberStyles.Number, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        return items.Where(i =>
            EF.Functions.Like(i.SupplierName!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.CustomerName!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Reference!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Description!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Category!.DisplayName, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Document!.FileName, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Note!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.SageNumber!, pattern, Like.EscapeCharacter)
            || EF.Functions.Like(i.Code, pattern, Like.EscapeCharacter)
            || (amount != null && (i.Total == amount || i.Tax == amount)));
    }
}
