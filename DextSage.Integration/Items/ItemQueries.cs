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

    /// <summary>Too large for Sage, and nobody has tried yet what becomes of them.</summary>
    public static IQueryable<Document> ToBeMadeSmaller(this IQueryable<Document> documents) => documents.Where(d =>
        d.Length > ItemLimits.AttachmentBytes && d.ContentType != Document.Xml && d.Shrinking == null && d.LeftAt == null);

    /// <summary>Follows the ids that were just set on a tracked item and its lines.</summary>
    public static Task LoadEntriesAsync(this DextSageDb db, Item item, CancellationToken cancellationToken) => db.LoadEntriesAsync([item], cancellationToken);

    /// <inheritdoc cref="LoadEntriesAsync(DextSageDb, Item, CancellationToken)"/>
    public static async Task LoadEntriesAsync(this DextSageDb db, IReadOnlyCollection<Item> items, CancellationToken cancellationToken)
    {
        // What is loaded, EF Core hangs onto everything tracked that points to it. Whoever has it detect nothing by itself has said what has changed.
        if (db.ChangeTracker.AutoDetectChangesEnabled) db.ChangeTracker.DetectChanges();
        var lines = items.SelectMany(i => i.Lines).ToList();
        await LoadAsync(db.Suppliers, items.Select(i => i.SupplierId));
        await LoadAsync(db.Customers, items.Select(i => i.CustomerId));
        await LoadAsync(db.Categories, items.Select(i => i.CategoryId).Concat(lines.Select(l => l.CategoryId)));
        await LoadAsync(db.TaxRates, items.Select(i => i.TaxRateId).Concat(lines.Select(l => l.TaxRateId)));
        await LoadAsync(db.Products, lines.Select(l => l.ProductId));
        await LoadAsync(db.AnalysisCategories, items.SelectMany(i => new[] { i.ClassId, i.LocationId }).Concat(lines.SelectMany(l => new[] { l.ClassId, l.LocationId })));
        var documents = items.Where(i => i.Document is null).Select(i => i.DocumentId).OfType<Guid>().ToList();
        if (documents.Count > 0) await db.Documents.AsTracking().Where(d => documents.Contains(d.Id)).LoadAsync(cancellationToken);

        async Task LoadAsync<T>(IQueryable<T> entries, IEnumerable<Guid?> pointers) where T : ListEntry
        {
            var ids = pointers.OfType<Guid>().Distinct().Where(id => db.Set<T>().Local.FindEntry(id) is null).ToList();
            if (ids.Count > 0) await entries.AsTracking().Where(e => ids.Contains(e.Id)).LoadAsync(cancellationToken);
        }
    }
}
