using DextSage.Integration.Sage;

namespace DextSage.Tests.Contract;

/// <summary>The records that the calls are about. Against the sandbox each call fills in what later ones need.</summary>
internal sealed class CallIds
{
    public string Business { get; set; } = "b1";
    public string Contact { get; set; } = "c1";
    public string LedgerAccount { get; set; } = "l1";
    public string TaxRate { get; set; } = "GB_STANDARD";
    public string? AnalysisType { get; set; }
    public string Category { get; set; } = "k1";
    public string Product { get; set; } = "d1";
    public string Service { get; set; } = "s1";
    public string Invoice { get; set; } = "p1";
    public SagePageRequest Page { get; init; } = new(1, 200, new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
}

/// <summary>Every method of the client, called with everything it can send, in an order that makes sense in real books.</summary>
internal static class ClientCalls
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    public static readonly IReadOnlyDictionary<string, Func<ISageClient, SageTarget, CallIds, CancellationToken, Task<SageFailure?>>> All =
        new Dictionary<string, Func<ISageClient, SageTarget, CallIds, CancellationToken, Task<SageFailure?>>>(StringComparer.Ordinal)
        {
            [nameof(ISageClient.BusinessesAsync)] = async (c, t, _, cancel) => (await c.BusinessesAsync(t, cancel)).Failure,
            [nameof(ISageClient.BusinessAsync)] = async (c, t, ids, cancel) => (await c.BusinessAsync(t, ids.Business, cancel)).Failure,
            [nameof(ISageClient.UserAsync)] = async (c, t, _, cancel) => (await c.UserAsync(t, cancel)).Failure,
            [nameof(ISageClient.FinancialSettingsAsync)] = async (c, t, _, cancel) => (await c.FinancialSettingsAsync(t, cancel)).Failure,
            [nameof(ISageClient.LedgerAccountsAsync)] = async (c, t, ids, cancel) => Take(await c.LedgerAccountsAsync(t, ids.Page, cancel),
                list => ids.LedgerAccount = list.Items.FirstOrDefault(a => a.VisibleInExpenses == true)?.Id ?? ids.LedgerAccount),
            [nameof(ISageClient.ContactsAsync)] = async (c, t, ids, cancel) => (await c.ContactsAsync(t, SageContactType.Customer, ids.Page, cancel)).Failure,
            [nameof(ISageClient.FindContactsAsync)] = async (c, t, ids, cancel) => (await c.FindContactsAsync(t, SageContactType.Vendor, "a", ids.Page, cancel)).Failure,
            [nameof(ISageClient.TaxRatesAsync)] = async (c, t, ids, cancel) => (await c.TaxRatesAsync(t, ids.Page, cancel)).Failure,
            [nameof(ISageClient.BankAccountsAsync)] = async (c, t, ids, cancel) => (await c.BankAccountsAsync(t, ids.Page, cancel)).Failure,
            [nameof(ISageClient.PaymentMethodsAsync)] = async (c, t, ids, cancel) => (await c.PaymentMethodsAsync(t, ids.Page, cancel)).Failure,
            [nameof(ISageClient.CurrenciesAsync)] = async (c, t, ids, cancel) => (await c.CurrenciesAsync(t, ids.Page, cancel)).Failure,
            [nameof(ISageClient.AnalysisTypesAsync)] = async (c, t, ids, cancel) => Take(await c.AnalysisTypesAsync(t, ids.Page, cancel),
                list => ids.AnalysisType = list.Items.FirstOrDefault(a => a.ActiveAreas?.Contains("EXPENSES") == true)?.Id),
            [nameof(ISageClient.AnalysisCategoriesAsync)] = async (c, t, ids, cancel) => Take(await c.AnalysisCategoriesAsync(t, ids.Page, cancel),
                list => ids.Category = list.Items.FirstOrDefault(a => a.AnalysisType?.Id == ids.AnalysisType)?.Id ?? ids.Category),
            [nameof(ISageClient.ProductsAsync)] = async (c, t, ids, cancel) => Take(await c.ProductsAsync(t, ids.Page, cancel), list => ids.Product = (list.Items is [var first, ..] ? first.Id : null) ?? ids.Product),
            [nameof(ISageClient.ServicesAsync)] = async (c, t, ids, cancel) => Take(await c.ServicesAsync(t, ids.Page, cancel), list => ids.Service = (list.Items is [var first, ..] ? first.Id : null) ?? ids.Service),
            [nameof(ISageClient.CreateContactAsync)] = async (c, t, ids, cancel) => Take(await c.CreateContactAsync(t, SageBodies.Contact(Contact(ids), Key), cancel), made => ids.Contact = made.Id!),
            [nameof(ISageClient.ContactAsync)] = async (c, t, ids, cancel) => (await c.ContactAsync(t, ids.Contact, cancel)).Failure,
            [nameof(ISageClient.FindRecordAsync)] = async (c, t, ids, cancel) => (await c.FindRecordAsync(t, "contacts", ids.Contact, cancel)).Failure,
            [nameof(ISageClient.CreatePurchaseInvoiceAsync)] = async (c, t, ids, cancel) =>
                Take(await c.CreatePurchaseInvoiceAsync(t, SageBodies.PurchaseInvoice(Invoice(ids), Key[1..] + "f"), cancel), made => ids.Invoice = made.Id!),
            [nameof(ISageClient.PurchaseInvoiceAsync)] = async (c, t, ids, cancel) => (await c.PurchaseInvoiceAsync(t, ids.Invoice, cancel)).Failure,
            [nameof(ISageClient.FindPurchaseInvoicesAsync)] = async (c, t, ids, cancel) =>
                (await c.FindPurchaseInvoicesAsync(t, new(ids.Contact, new(2026, 9, 1), new(2026, 9, 30), "INV"), ids.Page, cancel)).Failure,
            [nameof(ISageClient.CreateAttachmentAsync)] = async (c, t, ids, cancel) => (await c.CreateAttachmentAsync(t, SageBodies.Attachment(Attachment(ids), "%PDF-1.7"u8), cancel)).Failure,
            [nameof(ISageClient.AttachmentsAsync)] = async (c, t, ids, cancel) => (await c.AttachmentsAsync(t, SageIds.PurchaseInvoice, ids.Invoice, ids.Page, cancel)).Failure,
        };

    // Each record with every member filled: a test sees to it.
    public static NewContact Contact(CallIds ids) => new()
    {
        Name = "Acme Paper Ltd",
        Type = SageContactType.Vendor,
        Reference = "ACME01",
        CurrencyId = "GBP",
        DefaultPurchaseLedgerAccountId = ids.LedgerAccount,
        TaxNumber = "GB123456789",
        SourceGuid = "our-key",
        Notes = "Made here.",
    };

    public static NewPurchaseInvoice Invoice(CallIds ids) => new()
    {
        ContactId = ids.Contact,
        Date = new(2026, 9, 5),
        DueDate = new(2026, 10, 5),
        Reference = "INV-7",
        VendorReference = "INV-7/2026",
        Notes = "Marker.",
        CurrencyId = "GBP",
        ExchangeRate = 1m,
        VatReverseCharge = false,
        NetAmount = 100m,
        TaxAmount = 20m,
        TotalAmount = 120m,
        InvoiceLines = [Line(ids)],
    };

    public static NewPurchaseInvoiceLine Line(CallIds ids) => new()
    {
        Description = "Paper",
        LedgerAccountId = ids.LedgerAccount,
        Quantity = 1m,
        UnitPrice = 100m,
        NetAmount = 100m,
        TaxRateId = ids.TaxRate,
        TaxAmount = 20m,
        TotalAmount = 120m,
        ProductId = ids.Product,
        ServiceId = ids.Service,
        AnalysisTypeCategories = [new(ids.Category)],
    };

    public static NewAttachment Attachment(CallIds ids) => new()
    {
        FileName = "invoice.pdf",
        MimeType = "application/pdf",
        AttachmentContextTypeId = SageIds.PurchaseInvoice,
        AttachmentContextId = ids.Invoice,
        Description = "The document.",
    };

    private static SageFailure? Take<T>(SageAnswer<T> answer, Action<T> use) where T : class
    {
        if (answer.IsSuccess) use(answer.Value);
        return answer.Failure;
    }
}
