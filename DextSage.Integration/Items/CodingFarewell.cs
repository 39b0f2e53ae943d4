using DextSage.Integration.Connections;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>
/// Takes from open items, settings and payment methods what they point to, where a business moves to another organisation and wants to code anew.
/// Names of suppliers and customers stay, and are found again by them. An item's history keeps what it had.
/// </summary>
public sealed class CodingFarewell(BusinessStore store, TimeProvider time) : IWhenLeft
{
    private const int ItemsAtATime = 200;

    public async Task LeftAsync(Leaving leaving)
    {
        if (!leaving.ClearsCodings) return;
        var after = Guid.Empty;
        while (true)
        {
            await using var db = store.OpenForJob(leaving.BusinessId);
            // Nobody edits one of them between reading and writing.
            await using var transaction = await db.Database.BeginTransactionAsync();
            var items = await db.Items.WithEntries().AsTracking()
                .Where(i => (i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready) && i.Id.CompareTo(after) > 0)
                .OrderBy(i => i.Id).Take(ItemsAtATime).ToListAsync();
            if (items.Count == 0) break;
            foreach (var item in items) await ClearAsync(db, item, leaving.PersonId);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            after = items[^1].Id;
        }

        await ClearSettingsAsync(leaving.BusinessId);
    }

    private async Task ClearAsync(DextSageDb db, Item item, Guid? personId)
    {
        var before = ItemSnapshot.Of(item);
        (item.SupplierId, item.CustomerId, item.CategoryId, item.TaxRateId, item.ClassId, item.LocationId) = (null, null, null, null, null, null);
        foreach (var line in item.Lines)
            (line.CategoryId, line.ProductId, line.ClassId, line.LocationId, line.TaxRateId) = (null, null, null, null, null);
        // What hangs on the item follows from the ids.
        await db.LoadEntriesAsync(item, CancellationToken.None);
        if (db.Entry(item).State is EntityState.Unchanged && item.Lines.TrueForAll(l => db.Entry(l).State is EntityState.Unchanged)) return;
        item.Version++;
        item.UpdatedAt = time.GetUtcNow();
        ItemHistory.Write(db, item, before, ChangeCause.Matching, personId);
    }

    private async Task ClearSettingsAsync(Guid businessId)
    {
        await using var db = store.OpenForJob(businessId);
        await db.ConnectionSettings.ExecuteUpdateAsync(set => set
            .SetProperty(s => s.CostsTaxRateId, (Guid?)null).SetProperty(s => s.SalesTaxRateId, (Guid?)null)
            .SetProperty(s => s.ClassTypeId, (Guid?)null).SetProperty(s => s.LocationTypeId, (Guid?)null));
        await db.PaymentMethods.ExecuteUpdateAsync(set => set.SetProperty(m => m.BankAccountId, (Guid?)null));
    }
}
