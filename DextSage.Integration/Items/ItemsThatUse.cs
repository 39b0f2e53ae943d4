using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Open items that point to entries of lists, they themselves or one of their lines. What is published has its own record in Sage and misses nothing.</summary>
public sealed class ItemsThatUse : IUsesEntries
{
    private const int MostPerPointer = 500;

    public async Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
    {
        var found = new List<Pointer>();
        foreach (var pointers in PointersInto(db, list))
            found.AddRange(await pointers.Where(p => entryIds.Contains(p.EntryId!.Value)).OrderBy(p => p.Code).Take(MostPerPointer).ToListAsync(cancellationToken));
        return [.. found.DistinctBy(p => (p.EntryId, p.Code)).OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => new EntryUse(p.EntryId!.Value, UseKind.Item, p.Name ?? p.Code, p.Code))];
    }

    private static IQueryable<Pointer>[] PointersInto(DextSageDb db, ListKind list)
    {
        var items = db.Items.AsNoTracking().Where(i => i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready);
        var lines = items.SelectMany(i => i.Lines, (item, line) => new { item, line });
        return list switch
        {
            ListKind.Suppliers => [items.Select(i => new Pointer { EntryId = i.SupplierId, Code = i.Code, Name = i.SupplierName ?? i.CustomerName })],
            ListKind.Customers => [items.Select(i => new Pointer { EntryId = i.CustomerId, Code = i.Code, Name = i.SupplierName ?? i.CustomerName })],
            ListKind.Categories =>
            [
                items.Select(i => new Pointer { EntryId = i.CategoryId, Code = i.Code, Name = i.SupplierName ?? i.CustomerName }),
                lines.Select(l => new Pointer { EntryId = l.line.CategoryId, Code = l.item.Code, Name = l.item.SupplierName ?? l.item.CustomerName }),
            ],
            ListKind.TaxRates =>
            [
                items.Select(i => new Pointer { EntryId = i.TaxRateId, Code = i.Code, Name = i.SupplierName ?? i.CustomerName }),
                lines.Select(l => new Pointer { EntryId = l.line.TaxRateId, Code = l.item.Code, Name = l.item.SupplierName ?? l.item.CustomerName }),
            ],
            ListKind.AnalysisCategories =>
            [
                items.Select(i => new Pointer { EntryId = i.ClassId, Code = i.Code, Name = i.SupplierName ?? i.CustomerName }),
                items.Select(i => new Pointer { EntryId = i.LocationId, Code = i.Code, Name = i.SupplierName ?? i.CustomerName }),
                lines.Select(l => new Pointer { EntryId = l.line.ClassId, Code = l.item.Code, Name = l.item.SupplierName ?? l.item.CustomerName }),
                lines.Select(l => new Pointer { EntryId = l.line.LocationId, Code = l.item.Code, Name = l.item.SupplierName ?? l.item.CustomerName }),
            ],
            ListKind.Products or ListKind.Services =>
                [lines.Select(l => new Pointer { EntryId = l.line.ProductId, Code = l.item.Code, Name = l.item.SupplierName ?? l.item.CustomerName })],
            _ => [],
        };
    }

    private sealed class Pointer
    {
        public Guid? EntryId { get; init; }
        public required string Code { get; init; }
        public string? Name { get; init; }
    }
}
