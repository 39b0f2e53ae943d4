using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Names from papers and exports, matched to the lists: the same name but for case and spaces, once and once only, or nothing.
/// What a person has hidden is not chosen by itself.</summary>
internal static class NameMatch
{
    public static async Task ApplyAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        if (item is { SupplierId: null, CreateSupplier: false, SupplierName: { Length: > 0 } supplierName }
            && await OnlyAsync(db.Suppliers.Where(s => s.Name == supplierName.Trim()), cancellationToken) is { } supplier)
        {
            item.SupplierId = supplier.Id;
            item.SupplierName = supplier.Name;
        }

        if (item is { CustomerId: null, CreateCustomer: false, CustomerName: { Length: > 0 } customerName }
            && await OnlyAsync(db.Customers.Where(s => s.Name == customerName.Trim()), cancellationToken) is { } customer)
        {
            item.CustomerId = customer.Id;
            item.CustomerName = customer.Name;
        }

        if (item is { CategoryId: null, CategoryName: { Length: > 0 } categoryName }
            && await OnlyAsync(db.CategoriesFor(item.Workspace).Where(c => (c.Name == categoryName.Trim() || c.DisplayName == categoryName.Trim())), cancellationToken) is { } category)
            item.CategoryId = category.Id;
    }

    /// <summary>The tax rate of this name, where one and only one has it.</summary>
    public static async Task ApplyTaxRateAsync(DextSageDb db, Item item, string name, CancellationToken cancellationToken)
    {
        var rates = await db.TaxRates.AsNoTracking().Where(t => t.RetiredAt == null && t.IsVisible).ToListAsync(cancellationToken);
        if (rates.FindAll(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(r.DisplayName, name, StringComparison.OrdinalIgnoreCase)) is [var only])
            item.TaxRateId = only.Id;
    }

    /// <summary>The tax rate of this percentage, where one and only one has it, or where it is the default one.</summary>
    public static async Task<Guid?> TaxRateAsync(DextSageDb db, Item item, decimal percentage, ReviewContext context, CancellationToken cancellationToken)
    {
        var alike = db.TaxRates.Where(t => t.Percentage == percentage);
        if (context.DefaultRateOf(item) is { } usual && await alike.AnyAsync(t => t.Id == usual && t.RetiredAt == null, cancellationToken)) return usual;
        return (await OnlyAsync(alike, cancellationToken))?.Id;
    }

    private static async Task<T?> OnlyAsync<T>(IQueryable<T> entries, CancellationToken cancellationToken) where T : ListEntry =>
        await entries.AsNoTracking().Where(e => e.RetiredAt == null && e.IsVisible).OrderBy(e => e.IsOwn).ThenBy(e => e.Id).Take(2).ToListAsync(cancellationToken) switch
        {
            [var only] => only,
            // Sage's comes before one's own of the same name, from the time before the connection.
            [{ IsOwn: false } inSage, { IsOwn: true }] => inSage,
            _ => null,
        };
}
