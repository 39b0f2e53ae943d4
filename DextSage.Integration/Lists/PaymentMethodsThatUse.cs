using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Payment methods in use that are linked to bank accounts.</summary>
internal sealed class PaymentMethodsThatUse : IUsesEntries
{
    public async Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
    {
        if (list is not ListKind.BankAccounts) return [];
        var linked = await db.PaymentMethods.AsNoTracking().Where(m => m.RemovedAt == null && m.BankAccountId != null && entryIds.Contains(m.BankAccountId.Value))
            .OrderBy(m => m.Name).ThenBy(m => m.LastDigits).Select(m => new { m.BankAccountId, m.Name, m.LastDigits }).ToListAsync(cancellationToken);
        return linked.ConvertAll(m => new EntryUse(m.BankAccountId!.Value, UseKind.PaymentMethod, PaymentMethod.FullName(m.Name, m.LastDigits)));
    }
}
