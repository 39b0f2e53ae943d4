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
        if (ItemPointers.Into(list) is not { } pointer) return [];
        var found = db.Items.AsNoTracking().Where(i => i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready)
            .Where(i => entryIds.Contains(EF.Property<Guid?>(i, pointer)!.Value))
            .OrderBy(i => i.Code).Take(MostPerList)
            .Select(i => new { EntryId = EF.Property<Guid?>(i, pointer)!.Value, i.SupplierName, i.Code });
        return [.. (await found.ToListAsync(cancellationToken)).Select(i => new EntryUse(i.EntryId, UseKind.Item, i.SupplierName ?? i.Code, i.Code))];
    }
}
