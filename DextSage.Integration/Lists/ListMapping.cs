using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Lists;

/// <summary>Sage's records as entries of our lists. The fingerprint covers all that is kept of them.</summary>
internal sealed class ListMapping(Guid businessId, Guid runId)
{
    public TaxRate TaxRate(SageTaxRate rate) => new()
    {
        BusinessId = businessId,
        SageId = rate.Id!,
        Name = rate.Name ?? NameOf(rate),
        DisplayName = NameOf(rate),
        Percentage = rate.Percentage ?? 0,
        Periods = [.. (rate.Percentages ?? []).Select(p => new TaxRatePeriod(p.Percentage ?? 0, p.FromDate, p.ToDate)).OrderBy(p => p.From)],
        SeenInRun = runId,
        Fingerprint = Fingerprint([rate.Name, rate.DisplayedAs, rate.Percentage, .. (rate.Percentages ?? []).SelectMany(p => new object?[] { p.Percentage, p.FromDate, p.ToDate })]),
    };

    public Category Category(SageLedgerAccount account) => new()
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
        SeenInRun = runId,
        Fingerprint = Fingerprint(
            account.DisplayName, account.Name, account.DisplayedAs, account.NominalCode, account.LedgerAccountType?.Id,
            account.VisibleInExpenses, account.VisibleInSales, account.VisibleInOtherPayments, account.VisibleInOtherReceipts,
            account.VisibleInBanking, account.VisibleInJournals, account.TaxRate?.Id, account.FixedTaxRate),
    };

    public Supplier Supplier(SageContact contact) => new()
    {
        BusinessId = businessId,
        SageId = contact.Id!,
        Name = contact.Name ?? NameOf(contact),
        DisplayName = NameOf(contact),
        Reference = contact.Reference,
        Currency = contact.Currency?.Id,
        DefaultCategorySageId = contact.DefaultPurchaseLedgerAccount?.Id,
        CreditDays = contact.CreditDays,
        CreditTerms = contact.CreditTerms,
        SeenInRun = runId,
        Fingerprint = Fingerprint(
            contact.Name, contact.DisplayedAs, contact.Reference, contact.Currency?.Id, contact.DefaultPurchaseLedgerAccount?.Id, contact.CreditDays, contact.CreditTerms),
    };

    public Customer Customer(SageContact contact) => new()
    {
        BusinessId = businessId,
        SageId = contact.Id!,
        Name = contact.Name ?? NameOf(contact),
        DisplayName = NameOf(contact),
        Reference = contact.Reference,
        Currency = contact.Currency?.Id,
        DefaultCategorySageId = contact.DefaultSalesLedgerAccount?.Id,
        DefaultTaxRateSageId = contact.DefaultSalesTaxRate?.Id,
        CreditDays = contact.CreditDays,
        CreditTerms = contact.CreditTerms,
        SeenInRun = runId,
        Fingerprint = Fingerprint(
            contact.Name, contact.DisplayedAs, contact.Reference, contact.Currency?.Id, contact.DefaultSalesLedgerAccount?.Id, contact.DefaultSalesTaxRate?.Id,
            contact.CreditDays, contact.CreditTerms),
    };

    public BankAccount BankAccount(SageBankAccount account) => new()
    {
        BusinessId = businessId,
        SageId = account.Id!,
        Name = NameOf(account),
        DisplayName = NameOf(account),
        AccountType = account.BankAccountType?.Id,
        Currency = account.Currency?.Id,
        SeenInRun = runId,
        Fingerprint = Fingerprint(account.DisplayedAs, account.BankAccountType?.Id, account.Currency?.Id),
    };

    public SagePaymentMethod PaymentMethod(SageReference method) => new()
    {
        BusinessId = businessId,
        SageId = method.Id!,
        Name = NameOf(method),
        DisplayName = NameOf(method),
        SeenInRun = runId,
        Fingerprint = Fingerprint(method.DisplayedAs),
    };

    public AnalysisType AnalysisType(SageAnalysisType type) => new()
    {
        BusinessId = businessId,
        SageId = type.Id!,
        Name = type.Name ?? NameOf(type),
        DisplayName = NameOf(type),
        ActiveAreas = string.Join(',', type.ActiveAreas ?? []),
        IsForLines = type.AnalysisTypeLevel?.Identifier == "TRANSACTION",
        SeenInRun = runId,
        Fingerprint = Fingerprint([type.Name, type.DisplayedAs, type.AnalysisTypeLevel?.Identifier, .. type.ActiveAreas ?? []]),
    };

    public AnalysisCategory AnalysisCategory(SageAnalysisCategory category) => new()
    {
        BusinessId = businessId,
        SageId = category.Id!,
        Name = category.Name ?? NameOf(category),
        DisplayName = NameOf(category),
        Code = category.Code,
        AnalysisTypeSageId = category.AnalysisType?.Id ?? "",
        SeenInRun = runId,
        Fingerprint = Fingerprint(category.Name, category.DisplayedAs, category.Code, category.AnalysisType?.Id),
    };

    public Product Product(SageProduct product) => new()
    {
        BusinessId = businessId,
        SageId = product.Id!,
        Name = product.Description ?? NameOf(product),
        DisplayName = NameOf(product),
        Kind = product.IsService ? ProductKind.Service : ProductKind.Product,
        ItemCode = product.ItemCode,
        SalesCategorySageId = product.SalesLedgerAccount?.Id,
        PurchaseCategorySageId = product.PurchaseLedgerAccount?.Id,
        IsActive = product.Active != false,
        SeenInRun = runId,
        Fingerprint = Fingerprint(
            product.Path, product.Description, product.DisplayedAs, product.ItemCode, product.SalesLedgerAccount?.Id, product.PurchaseLedgerAccount?.Id, product.Active),
    };

    public Currency Currency(SageReference currency) => new()
    {
        BusinessId = businessId,
        SageId = currency.Id!,
        Name = NameOf(currency),
        DisplayName = NameOf(currency),
        SeenInRun = runId,
        Fingerprint = Fingerprint(currency.DisplayedAs),
    };

    private static string NameOf(ISageRecord record) => record.DisplayedAs ?? record.Id!;

    private static string Fingerprint(params IReadOnlyList<object?> parts)
    {
        var text = string.Join('\u001f', parts.Select(p => p is null ? "\0" : Convert.ToString(p, CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
