using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>How much each list holds.</summary>
public sealed class ListCounts(BusinessStore store)
{
    public async Task<IReadOnlyList<ListCount>> ReadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeConnections, cancellationToken);
        var db = scope.Db;
        return
        [
            await CountAsync(ListKind.TaxRates, db.TaxRates, cancellationToken),
            await CountAsync(ListKind.Categories, db.Categories, cancellationToken),
            await CountAsync(ListKind.Suppliers, db.Suppliers, cancellationToken),
            await CountAsync(ListKind.Customers, db.Customers, cancellationToken),
            await CountAsync(ListKind.Products, db.Products.Where(p => p.Kind == ProductKind.Product), cancellationToken),
            await CountAsync(ListKind.Services, db.Products.Where(p => p.Kind == ProductKind.Service), cancellationToken),
            await CountAsync(ListKind.BankAccounts, db.BankAccounts, cancellationToken),
            await CountAsync(ListKind.PaymentMethods, db.SagePaymentMethods, cancellationToken),
            await CountAsync(ListKind.AnalysisTypes, db.AnalysisTypes, cancellationToken),
            await CountAsync(ListKind.AnalysisCategories, db.AnalysisCategories, cancellationToken),
            await CountAsync(ListKind.Currencies, db.Currencies, cancellationToken),
        ];
    }

    private static async Task<ListCount> CountAsync<T>(ListKind list, IQueryable<T> entries, CancellationToken cancellationToken) where T : ListEntry =>
        new(list,
            await entries.CountAsync(e => e.RetiredAt == null, cancellationToken),
            await entries.CountAsync(e => e.RetiredAt != null, cancellationToken));
}
