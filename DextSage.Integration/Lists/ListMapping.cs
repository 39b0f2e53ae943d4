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
        SeenInRun = runId,
        Fingerprint = Fingerprint(rate.Name, rate.DisplayedAs, rate.Percentage),
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
        DefaultTaxRateSageId = account.TaxRate?.Id,
        SeenInRun = runId,
        Fingerprint = Fingerprint(
            account.DisplayName, account.Name, account.DisplayedAs, account.NominalCode, account.LedgerAccountType?.Id,
            account.VisibleInExpenses, account.VisibleInSales, account.VisibleInOtherPayments, account.TaxRate?.Id),
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
        SeenInRun = runId,
        Fingerprint = Fingerprint(
            contact.Name, contact.DisplayedAs, contact.Reference, contact.Currency?.Id, contact.DefaultPurchaseLedgerAccount?.Id, contact.CreditDays),
    };

    public Customer Customer(SageContact contact) => new()
    {
        BusinessId = businessId,
        SageId = contact.Id!,
        Name = contact.Name ?? NameOf(contact),
        DisplayName = NameOf(contact),
        Reference = contact.Reference,
        Currency = contact.Currency?.Id,
        CreditDays = contact.CreditDays,
        SeenInRun = runId,
        Fingerprint = Fingerprint(contact.Name, contact.DisplayedAs, contact.Reference, contact.Currency?.Id, contact.CreditDays),
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

    public PaymentMethod PaymentMethod(SageReference method) => new()
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
        SeenInRun = runId,
        Fingerprint = Fingerprint([type.Name, type.DisplayedAs, .. type.ActiveAreas ?? []]),
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
