using DextSage.Integration.Lists;

namespace DextSage.Tests.Benches;

/// <summary>What a bare program keeps of a list's rows: its table, the table's own columns, and their values.</summary>
internal sealed record BareTable(string Name, string[] Columns, Func<BareRow, object?[]> Values)
{
    private static readonly BareTable Suppliers = new("Suppliers", ["Reference", "Currency", "CreditDays", "CreditTerms", "DefaultCategorySageId"],
        r => [r.Reference, r.Currency?.Id, r.CreditDays, r.CreditTerms, r.Account?.Id]);

    private static readonly BareTable Customers = new("Customers", ["Reference", "Currency", "CreditDays", "CreditTerms"],
        r => [r.Reference, r.Currency?.Id, r.CreditDays, r.CreditTerms]);

    private static readonly BareTable Categories = new("Categories",
        ["NominalCode", "AccountType", "ForExpenses", "ForSales", "ForOtherPayments", "ForOtherReceipts", "ForBanking", "ForJournals", "DefaultTaxRateSageId", "HasFixedTaxRate"],
        r => [r.NominalCode, r.AccountType?.Id, r.ForExpenses == true, r.ForSales == true, r.ForOtherPayments == true, r.ForOtherReceipts == true, r.ForBanking == true, r.ForJournals == true, r.TaxRate?.Id, r.HasFixedTaxRate == true]);

    private static readonly BareTable Products = new("Products", ["Kind", "ItemCode", "SalesCategorySageId", "PurchaseCategorySageId", "IsActive"],
        r => ["Product", r.ItemCode, r.SalesAccount?.Id, r.PurchaseAccount?.Id, r.Active != false]);

    private static readonly BareTable Short = new("Currencies", [], _ => []);

    /// <summary>The four long lists keep their own; the short ones, a hundred rows together, share a table.</summary>
    public static BareTable Of(string request) => KindOf(request) switch
    {
        ListKind.Suppliers => Suppliers,
        ListKind.Customers => Customers,
        ListKind.Categories => Categories,
        ListKind.Products => Products,
        _ => Short,
    };

    public static ListKind KindOf(string request) =>
        request.Contains("VENDOR", StringComparison.Ordinal) ? ListKind.Suppliers
        : request.Contains("CUSTOMER", StringComparison.Ordinal) ? ListKind.Customers
        : request.StartsWith("/ledger_accounts", StringComparison.Ordinal) ? ListKind.Categories
        : request.StartsWith("/products", StringComparison.Ordinal) ? ListKind.Products : ListKind.Currencies;
}
