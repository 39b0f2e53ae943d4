using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Lists;

/// <summary>Sage's records as entries of our lists. The fingerprint covers all that is kept of them.</summary>
internal sealed class ListMapping(Guid businessId, DateTimeOffset now)
{
    public TaxRate TaxRate(SageTaxRate rate) => Stamp(new TaxRate
    {
        BusinessId = businessId,
        SageId = rate.Id!,
        Name = rate.Name ?? NameOf(rate),
        DisplayName = NameOf(rate),
        Percentage = rate.Percentage ?? 0,
        Periods = [.. (rate.Percentages ?? []).Select(p => new TaxRatePeriod(p.Percentage ?? 0, p.FromDate, p.ToDate)).OrderBy(p => p.From)],
    });

    public Category Category(SageLedgerAccount account) => Stamp(new Category
    {
        BusinessId = businessId,
        SageId = account.Id!,
        Name = account.DisplayName ?? account.Name ?? NameOf(account),
        DisplayName = NameOf(account),
        NominalCode = account.NominalCode,
        AccountType = account.LedgerAccountType?.Id,
        ForExpenses = account.VisibleInExpenses == true,
        ForSales = account.VisibleInSales == true,
        ForOtherPayments = account.VisibleInOtherPayments == true,
        ForOtherReceipts = account.VisibleInOtherReceipts == true,
        ForBanking = account.VisibleInBanking == true,
        ForJournals = account.VisibleInJournals == true,
        DefaultTaxRateSageId = account.TaxRate?.Id,
        HasFixedTaxRate = account.FixedTaxRate == true,
    });

    public Supplier Supplier(SageContact contact) => Contact(contact, new Supplier
    {
        BusinessId = businessId,
        SageId = contact.Id!,
        Name = contact.Name ?? NameOf(contact),
        DisplayName = NameOf(contact),
        DefaultCategorySageId = contact.DefaultPurchaseLedgerAccount?.Id,
    });

    public Customer Customer(SageContact contact) => Contact(contact, new Customer
    {
        BusinessId = businessId,
        SageId = contact.Id!,
        Name = contact.Name ?? NameOf(contact),
        DisplayName = NameOf(contact),
        DefaultCategorySageId = contact.DefaultSalesLedgerAccount?.Id,
        DefaultTaxRateSageId = contact.DefaultSalesTaxRate?.Id,
    });

    public BankAccount BankAccount(SageBankAccount account) => Stamp(new BankAccount
    {
        BusinessId = businessId,
        SageId = account.Id!,
        Name = NameOf(account),
        DisplayName = NameOf(account),
        AccountType = account.BankAccountType?.Id,
        Currency = account.Currency?.Id,
    });

    public SagePaymentMethod PaymentMethod(SageReference method) =>
        Stamp(new SagePaymentMethod { BusinessId = businessId, SageId = method.Id!, Name = NameOf(method), DisplayName = NameOf(method) });

    public AnalysisType AnalysisType(SageAnalysisType type) => Stamp(new AnalysisType
    {
        BusinessId = businessId,
        SageId = type.Id!,
        Name = type.Name ?? NameOf(type),
        DisplayName = NameOf(type),
        ActiveAreas = string.Join(',', type.ActiveAreas ?? []),
        IsForLines = type.AnalysisTypeLevel?.Identifier == "TRANSACTION",
    });

    public AnalysisCategory AnalysisCategory(SageAnalysisCategory category) => Stamp(new AnalysisCategory
    {
        BusinessId = businessId,
        SageId = category.Id!,
        Name = category.Name ?? NameOf(category),
        DisplayName = NameOf(category),
        Code = category.Code,
        AnalysisTypeSageId = category.AnalysisType?.Id ?? "",
    });

    public Product Product(SageProduct product) => OfCatalogue(product, ProductKind.Product);

    public Product Service(SageProduct service) => OfCatalogue(service, ProductKind.Service);

    public Currency Currency(SageReference currency) =>
        Stamp(new Currency { BusinessId = businessId, SageId = currency.Id!, Name = NameOf(currency), DisplayName = NameOf(currency) });

    private Product OfCatalogue(SageProduct product, ProductKind kind) => Stamp(new Product
    {
        BusinessId = businessId,
        SageId = product.Id!,
        Name = product.Description ?? NameOf(product),
        DisplayName = NameOf(product),
        Kind = kind,
        ItemCode = product.ItemCode,
        SalesCategorySageId = product.SalesLedgerAccount?.Id,
        PurchaseCategorySageId = product.PurchaseLedgerAccount?.Id,
        IsActive = product.Active != false,
    });

    private T Contact<T>(SageContact contact, T entry) where T : ContactEntry
    {
        (entry.Reference, entry.Currency, entry.CreditDays, entry.CreditTerms) = (contact.Reference, contact.Currency?.Id, contact.CreditDays, contact.CreditTerms);
        return Stamp(entry);
    }

    private static string NameOf(ISageRecord record) => record.DisplayedAs ?? record.Id!;

    private T Stamp<T>(T entry) where T : ListEntry
    {
        var text = string.Join('\u001f', entry.Facts.Select(f => f.Value ?? "\0"));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        entry.Fingerprint = Convert.ToHexStringLower(hash[..16]);
        entry.ChangedAt = now;
        return entry;
    }
}
