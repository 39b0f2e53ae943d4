using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>
/// When the lists have come in: names that waited for them are matched, exactly or not at all, and the stored status of every
/// open item is computed anew.
/// </summary>
public sealed class ReviewUpkeep(BusinessStore store, TimeProvider time) : IWhenRefreshed
{
    private const int ItemsAtATime = 200;

    public async Task RefreshedAsync(Guid businessId, CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            var context = await ReviewContext.ReadAsync(db, cancellationToken);
            var items = await db.Items.WithEntries().AsTracking()
                .Where(i => (i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready) && i.Id.CompareTo(after) > 0)
                .OrderBy(i => i.Id).Take(ItemsAtATime).ToListAsync(cancellationToken);
            if (items.Count == 0) return;
            context = await context.WithTwinsAsync(db, items, cancellationToken);
            foreach (var item in items) await RenewAsync(db, item, context, cancellationToken);
            try
            {
                await TwinUpkeep.SaveAsync(db, context, time.GetUtcNow(), cancellationToken);
                after = items[^1].Id;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody edited one of them in this moment: these are looked at again as they stand now.
            }
        }
    }

    private async Task RenewAsync(DextSageDb db, Item item, ReviewContext context, CancellationToken cancellationToken)
    {
        await NameMatch.ApplyAsync(db, item, cancellationToken);
        await ItemDefaults.ApplyAsync(db, item, context, cancellationToken);
        if (db.Entry(item).State is EntityState.Modified) await db.LoadEntriesAsync(item, cancellationToken);
        // A tax rate may be another than before; what the item itself says of its tax stays as somebody has seen it.
        if (item.Lines.Count > 0) LineMath.Settle(item, context);
        item.IsDuplicate = context.TwinsOf(item).Any(t => t.IsFirst);
        var status = ItemReview.StatusOf(ItemUnderReview.Of(item, context));
        // This one the lists mend: they tell that the organisation takes no tax, and none is sent from now on.
        var isMended = item.Failure?.Kind is nameof(PublishFailureKind.NotRegisteredForVat) && !context.UsesTax;
        if (isMended) item.Failure = null;
        if (!isMended && status == item.Status && db.Entry(item).State is EntityState.Unchanged && item.Lines.TrueForAll(l => db.Entry(l).State is EntityState.Unchanged)) return;
        item.Status = status;
        item.UpdatedAt = time.GetUtcNow();
        item.Version++;
    }
}
