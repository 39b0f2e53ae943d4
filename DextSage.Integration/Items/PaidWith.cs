using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>A payment method as the review and Publish need it.</summary>
/// <param name="Name">With the last digits, where it has some.</param>
/// <param name="BankAccountSageId">Null where it is linked to no account that Sage still has.</param>
/// <param name="Currency">ISO 4217, of that account.</param>
internal sealed record PaidWith(Guid Id, string Name, string? BankAccountSageId, string? BankAccount, string? Currency, bool IsRemoved)
{
    public static async Task<IReadOnlyDictionary<Guid, PaidWith>> AllAsync(DextSageDb db, CancellationToken cancellationToken) =>
        (await db.PaymentMethods.AsNoTracking().Select(m => new
        {
            m.Id, m.Name, m.LastDigits, m.RemovedAt,
            Account = m.BankAccount!.RetiredAt == null && !m.BankAccount.IsOwn ? m.BankAccount : null,
        }).ToListAsync(cancellationToken))
        .ToDictionary(m => m.Id, m => new PaidWith(m.Id, PaymentMethod.FullName(m.Name, m.LastDigits), m.Account?.SageId, m.Account?.DisplayName, m.Account?.Currency, m.RemovedAt is not null));
}
