using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Open items that point to entries of lists. What is published has its own record in Sage and misses nothing.</summary>
public sealed class ItemsThatUse : IUsesEntries
{
    private const int MostPerList = 500;

    public async Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
    {
        var open = db.Items.AsNoTracking().Where(i => i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready);
        var found = list switch
        {
            ListKind.Suppliers => open.Where(i => entryIds.Contains(i.SupplierId!.Value)).Select(i => new { EntryId = i.SupplierId!.Value, i.SupplierName, i.Code }),
            ListKind.Categories => open.Where(i => entryIds.Contains(i.CategoryId!.Value)).Select(i => new { EntryId = i.CategoryId!.Value, i.SupplierName, i.Code }),
            ListKind.TaxRates => open.Where(i => entryIds.Contains(i.TaxRateId!.Value)).Select(i => new { EntryId = i.TaxRateId!.Value, i.SupplierName, i.Code }),
            _ => null,
        };
        return found is null ? [] : [.. (await found.OrderBy(i => i.Code).Take(MostPerList).ToListAsync(cancellationToken)).Select(i => new EntryUse(i.EntryId, "Item", i.SupplierName ?? i.Code, i.Code))];
    }
}
