using System.Linq.Expressions;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Entries in force whose defaults are other entries, as Sage keeps them: a supplier's category, a category's tax rate.</summary>
internal sealed class EntriesThatUse : IUsesEntries
{
    private const int MostPerList = 500;

    public async Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken) => list switch
    {
        ListKind.Categories =>
        [
            .. await OfAsync(db.Suppliers, UseKind.Supplier, s => s.DefaultCategorySageId, db.Categories, entryIds, cancellationToken),
            .. await OfAsync(db.Customers, UseKind.Customer, c => c.DefaultCategorySageId, db.Categories, entryIds, cancellationToken),
            .. await OfAsync(db.Products, UseKind.Product, p => p.SalesCategorySageId, db.Categories, entryIds, cancellationToken),
            .. await OfAsync(db.Products.Where(p => p.PurchaseCategorySageId != p.SalesCategorySageId), UseKind.Product, p => p.PurchaseCategorySageId, db.Categories, entryIds, cancellationToken),
        ],
        ListKind.TaxRates =>
        [
            .. await OfAsync(db.Customers, UseKind.Customer, c => c.DefaultTaxRateSageId, db.TaxRates, entryIds, cancellationToken),
            .. await OfAsync(db.Categories, UseKind.Category, c => c.DefaultTaxRateSageId, db.TaxRates, entryIds, cancellationToken),
        ],
        _ => [],
    };

    private static async Task<IReadOnlyList<EntryUse>> OfAsync<T, TEntry>(
        IQueryable<T> users, UseKind kind, Expression<Func<T, string?>> pointer, IQueryable<TEntry> entries, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
        where T : ListEntry where TEntry : ListEntry
    {
        var used = entries.Where(e => entryIds.Contains(e.Id));
        return await users.AsNoTracking().Where(u => u.RetiredAt == null)
            .Join(used, pointer, e => e.SageId, (u, e) => new { EntryId = e.Id, u.Name })
            .OrderBy(u => u.Name).Take(MostPerList).Select(u => new EntryUse(u.EntryId, kind, u.Name, null)).ToListAsync(cancellationToken);
    }
}
