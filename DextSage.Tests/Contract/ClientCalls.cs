using DextSage.Integration.Sage;

namespace DextSage.Tests.Contract;

/// <summary>The records that the calls are about. Against the sandbox each call fills in what later ones need.</summary>
internal sealed class CallIds
{
    public string Business { get; set; } = "b1";
    public string Contact { get; set; } = "c1";
    public string Customer { get; set; } = "c2";
    public string LedgerAccount { get; set; } = "l1";
    public string TaxRate { get; set; } = "GB_STANDARD";
    public string? AnalysisType { get; set; }
    public string Category { get; set; } = "k1";
    public string Product { get; set; } = "d1";
    public string Service { get; set; } = "s1";
    public string SalesAccount { get; set; } = "l2";
    public string PaymentAccount { get; set; } = "l3";
    public string Bank { get; set; } = "a1";
    public string Payment { get; set; } = "y1";
    public Dictionary<SageDocumentKind, string> Documents { get; } = [];
    public Dictionary<SageDocumentKind, string?> Lines { get; } = [];

    public string Of(SageDocumentKind kind) => Documents.GetValueOrDefault(kind, "p1");
    public SagePageRequest Page { get; init; } = new(1, 200, new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
}

/// <summary>Every method of the client, called with everything it can send, in an order that makes sense in real books.</summary>
internal static class ClientCalls
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>By the method's name, and behind it the kind of document where there is one.</summary>
    public static readonly IReadOnlyDictionary<string, Call> All = new Dictionary<string, Call>(StringComparer.Ordinal)
        {
            [nameof(ISageClient.BusinessesAsync)] = async (c, t, _, cancel) => (await c.BusinessesAsync(t, cancel)).Failure,
            [nameof(ISageClient.BusinessAsync)] = async (c, t, ids, cancel) => (await c.BusinessAsync(t, ids.Business, cancel)).Failure,
            [nameof(ISageClient.UserAsync)] = async (c, t, _, cancel) => (await c.UserAsync(t, cancel)).Failure,
            [nameof(ISageClient.FinancialSettingsAsync)] = async (c, t, _, cancel) => (await c.FinancialSettingsAsync(t, cancel)).Failure,
            [nameof(ISageClient.LedgerAccountsAsync)] = async (c, t, ids, cancel) => Take(await c.LedgerAccountsAsync(t, ids.Page, cancel),
                list =>
                {
                    ids.LedgerAccount = list.Items.FirstOrDefault(a => a.VisibleInExpenses == true)?.Id ?? ids.LedgerAccount;
                    ids.SalesAccount = list.Items.FirstOrDefault(a => a.VisibleInSales == true)?.Id ?? ids.SalesAccount;
                    ids.PaymentAccount = list.Items.FirstOrDefault(a => a.VisibleInOtherPayments == true)?.Id ?? ids.PaymentAccount;
                }),
            [nameof(ISageClient.ContactsAsync)] = async (c, t, ids, cancel) => Take(await c.ContactsAsync(t, SageContactType.Customer, ids.Page, cancel),
                list => ids.Customer = (list.Items is [var first, ..] ? first.Id : null) ?? ids.Customer),
            [nameof(ISageClient.FindContactsAsync)] = async (c, t, ids, cancel) => (await c.FindContactsAsync(t, SageContactType.Vendor, "a", ids.Page, cancel)).Failure,
            [nameof(ISageClient.TaxRatesAsync)] = async (c, t, ids, cancel) => (await c.TaxRatesAsync(t, ids.Page, cancel)).Failure,
            [nameof(ISageClient.BankAccountsAsync)] = async (c, t, ids, cancel) => Take(await c.BankAccountsAsync(t, ids.Page, cancel), list => ids.Bank = (list.Items is [var first, ..] ? first.Id : null) ?? ids.Bank),
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
        }
        .Concat(SageDocumentKind.All.SelectMany(Documents)).Concat(Attachments).Concat(SageDocumentKind.All.Select(Deletion)).ToDictionary(StringComparer.Ordinal);

    public delegate Task<SageFailure?> Call(ISageClient client, SageTarget target, CallIds ids, CancellationToken cancellationToken);

    private static IEnumerable<KeyValuePair<string, Call>> Documents(SageDocumentKind kind) => Named(kind, new()
    {
        [nameof(ISageClient.CreateDocumentAsync)] = async (c, t, ids, cancel) => Take(await c.CreateDocumentAsync(t, kind, Body(kind, ids), cancel), made => (ids.Documents[kind], ids.Lines[kind]) = (made.Id!, made.Lines is [var line, ..] ? line.Id : null)),
        [nameof(ISageClient.DocumentAsync)] = async (c, t, ids, cancel) => (await c.DocumentAsync(t, kind, ids.Of(kind), cancel)).Failure,
        [nameof(ISageClient.ChangeDocumentAsync)] = async (c, t, ids, cancel) =>
            (await c.ChangeDocumentAsync(t, kind, ids.Of(kind), SageBodies.Change(kind, Body(kind, ids, "another try"), [ids.Lines.GetValueOrDefault(kind, "n1")]), cancel)).Failure,
        [nameof(ISageClient.FindDocumentsAsync)] = async (c, t, ids, cancel) =>
            (await c.FindDocumentsAsync(t, kind, new(ids.Contact, new(2026, 9, 1), new(2026, 9, 30), kind == SageDocumentKind.OtherPayment ? null : "INV"), ids.Page, cancel)).Failure,
    });

    private static Dictionary<string, Call> Attachments => new(StringComparer.Ordinal)
    {
        [nameof(ISageClient.CreateAttachmentAsync)] = async (c, t, ids, cancel) => (await c.CreateAttachmentAsync(t, Attachment(ids), new SageFile(8, () => new MemoryStream("%PDF-1.7"u8.ToArray())), cancel)).Failure,
        [nameof(ISageClient.AttachmentsAsync)] = async (c, t, ids, cancel) => (await c.AttachmentsAsync(t, SageDocumentKind.PurchaseInvoice.AttachmentContext!, ids.Of(SageDocumentKind.PurchaseInvoice), ids.Page, cancel)).Failure,
        [nameof(ISageClient.CreateContactPaymentAsync)] = async (c, t, ids, cancel) => Take(await c.CreateContactPaymentAsync(t, SageBodies.ContactPayment(Payment(ids), new string('d', 32)), cancel), made => ids.Payment = made.Id!),
        [nameof(ISageClient.ContactPaymentAsync)] = async (c, t, ids, cancel) => (await c.ContactPaymentAsync(t, ids.Payment, cancel)).Failure,
        [nameof(ISageClient.FindContactPaymentsAsync)] = async (c, t, ids, cancel) => (await c.FindContactPaymentsAsync(t, new(ids.Contact, ids.Bank, new(2026, 9, 5)), ids.Page, cancel)).Failure,
        [nameof(ISageClient.DeleteContactPaymentAsync)] = async (c, t, ids, cancel) => (await c.DeleteContactPaymentAsync(t, ids.Payment, cancel)).Failure,
    };

    private static KeyValuePair<string, Call> Deletion(SageDocumentKind kind) =>
        Named(kind, new() { [nameof(ISageClient.DeleteDocumentAsync)] = async (c, t, ids, cancel) => (await c.DeleteDocumentAsync(t, kind, ids.Of(kind), "Entered twice.", cancel)).Failure }).Single();

    private static IEnumerable<KeyValuePair<string, Call>> Named(SageDocumentKind kind, Dictionary<string, Call> calls) => calls.Select(c => KeyValuePair.Create($"{c.Key} {kind}", c.Value));

    private static SageBody Body(SageDocumentKind kind, CallIds ids, string of = "")
    {
        var key = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(kind.Name + of)))[..32];
        return kind switch
        {
            { Lines: null } => SageBodies.QuickEntry(kind, IsSale(kind) ? QuickEntry(ids) with { ContactId = ids.Customer, LedgerAccountId = ids.SalesAccount } : QuickEntry(ids), key),
            { IsPayment: true } => SageBodies.OtherPayment(OtherPayment(ids), key),
            _ => SageBodies.Document(kind, Invoice(ids) with
            {
                DueDate = kind.Lines == "invoice_lines" ? Invoice(ids).DueDate : null, VendorReference = kind.IsPurchase ? Invoice(ids).VendorReference : null,
                ContactId = IsSale(kind) ? ids.Customer : ids.Contact,
                Lines = kind.IsPurchase ? [Line(ids)] : [Line(ids) with { LedgerAccountId = ids.SalesAccount }],
            }, key),
        };
    }

    private static bool IsSale(SageDocumentKind kind) => kind.Name.StartsWith("sales", StringComparison.Ordinal);

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

    public static NewDocument Invoice(CallIds ids) => new()
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
        Lines = [Line(ids)],
    };

    public static NewDocumentLine Line(CallIds ids) => new()
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

    public static NewQuickEntry QuickEntry(CallIds ids) => new()
    {
        QuickEntryTypeId = SageIds.QuickInvoice,
        ContactId = ids.Contact,
        Date = new(2026, 9, 5),
        Reference = "INV-8",
        LedgerAccountId = ids.LedgerAccount,
        Details = "Paper",
        NetAmount = 100m,
        TaxRateId = ids.TaxRate,
        TaxAmount = 20m,
        TotalAmount = 120m,
        AnalysisTypeCategories = [new(ids.Category)],
    };

    public static NewOtherPayment OtherPayment(CallIds ids) => new()
    {
        TransactionTypeId = SageIds.OtherPayment,
        ContactId = ids.Contact,
        BankAccountId = ids.Bank,
        Date = new(2026, 9, 5),
        NetAmount = 100m,
        TaxAmount = 20m,
        TotalAmount = 120m,
        Reference = "INV-9",
        PaymentLines = [PaymentLine(ids)],
    };

    public static NewPaymentLine PaymentLine(CallIds ids) => new()
    {
        LedgerAccountId = ids.PaymentAccount,
        Details = "Paper",
        TaxRateId = ids.TaxRate,
        NetAmount = 100m,
        TaxAmount = 20m,
        TotalAmount = 120m,
        AnalysisTypeCategories = [new(ids.Category)],
    };

    public static NewContactPayment Payment(CallIds ids) => new()
    {
        TransactionTypeId = SageIds.VendorPayment,
        ContactId = ids.Contact,
        BankAccountId = ids.Bank,
        Date = new(2026, 9, 6),
        TotalAmount = 120m,
        CurrencyId = "GBP",
        ExchangeRate = 1m,
        Reference = "INV-7",
        AllocatedArtefacts = [new(ids.Of(SageDocumentKind.PurchaseInvoice), 120m)],
    };

    public static NewAttachment Attachment(CallIds ids) => new()
    {
        FileName = "invoice.pdf",
        MimeType = "application/pdf",
        AttachmentContextTypeId = SageDocumentKind.PurchaseInvoice.AttachmentContext!,
        AttachmentContextId = ids.Of(SageDocumentKind.PurchaseInvoice),
        Description = "The document.",
    };

    private static SageFailure? Take<T>(SageAnswer<T> answer, Action<T> use) where T : class
    {
        if (answer.IsSuccess) use(answer.Value);
        return answer.Failure;
    }
}
