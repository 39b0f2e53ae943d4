using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What Sage refused for the bank account of a payment method is over once that one is linked to another account.</summary>
public sealed class RelinkedMethod(BusinessStore store, TimeProvider time) : IWhenRelinked
{
    public async Task RelinkedAsync(Guid businessId, Guid methodId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            var items = await db.Items.AsTracking()
                .Where(i => i.PaymentMethodId == methodId && i.Status != ItemStatus.Publishing && i.Failure!.Kind == nameof(PublishFailureKind.BankAccountRefused)).ToListAsync(cancellationToken);
            foreach (var item in items)
            {
                item.MendedBy([ItemField.PaymentMethod]);
                item.UpdatedAt = time.GetUtcNow();
                item.Version++;
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody edited one of them in this moment: they are looked at again as they stand now.
            }
        }
    }
}
