using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

internal static class ItemQueries
{
    /// <summary>With all that the review looks at.</summary>
    public static IQueryable<Item> WithEntries(this IQueryable<Item> items) => items
        .Include(i => i.Supplier).Include(i => i.Customer).Include(i => i.Category).Include(i => i.TaxRate)
        .Include(i => i.Class).Include(i => i.Location).Include(i => i.Document)
        .Include(i => i.Lines.OrderBy(l => l.Position)).ThenInclude(l => l.Category)
        .Include(i => i.Lines).ThenInclude(l => l.Product)
        .Include(i => i.Lines).ThenInclude(l => l.Class)
        .Include(i => i.Lines).ThenInclude(l => l.Location)
        .Include(i => i.Lines).ThenInclude(l => l.TaxRate)
        .AsSplitQuery();

    /// <summary>Follows the ids that were just set on a tracked item and its lines.</summary>
    public static async Task LoadEntriesAsync(this DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        // What is loaded, EF Core hangs onto everything tracked that points to it.
        db.ChangeTracker.DetectChanges();
        await LoadAsync(db.Suppliers, [item.SupplierId]);
        await LoadAsync(db.Customers, [item.CustomerId]);
        await LoadAsync(db.Categories, [item.CategoryId, .. item.Lines.Select(l => l.CategoryId)]);
        await LoadAsync(db.TaxRates, [item.TaxRateId, .. item.Lines.Select(l => l.TaxRateId)]);
        await LoadAsync(db.Products, [.. item.Lines.Select(l => l.ProductId)]);
        await LoadAsync(db.AnalysisCategories, [item.ClassId, item.LocationId, .. item.Lines.Select(l => l.ClassId), .. item.Lines.Select(l => l.LocationId)]);
        await db.Entry(item).Reference(i => i.Document).LoadAsync(cancellationToken);

        async Task LoadAsync<T>(IQueryable<T> entries, IEnumerable<Guid?> pointers) where T : ListEntry
        {
            var ids = pointers.OfType<Guid>().Distinct().Where(id => db.Set<T>().Local.FindEntry(id) is null).ToList();
            if (ids.Count > 0) await entries.AsTracking().Where(e => ids.Contains(e.Id)).LoadAsync(cancellationToken);
        }
    }
}
