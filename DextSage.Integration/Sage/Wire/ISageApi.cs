using Refit;

namespace DextSage.Integration.Sage;

/// <summary>The requests that this system can send, one line each. Answers are read by <see cref="SageAnswerReader"/>.</summary>
/// <remarks>The attributes asked for are those that the records have: Sage's lists give only id and name unasked, and cannot build
/// large pages of everything (Sage API 4.2).</remarks>
[Headers("Accept: application/json")]
internal interface ISageApi
{
    [Get("/businesses")]
    Task<HttpResponseMessage> BusinessesAsync([Property(SageCall.Key)] SageCall call, CancellationToken cancellationToken);

    [Get("/businesses/{id}")]
    Task<HttpResponseMessage> BusinessAsync([Property(SageCall.Key)] SageCall call, string id, CancellationToken cancellationToken);

    [Get("/user")]
    Task<HttpResponseMessage> UserAsync([Property(SageCall.Key)] SageCall call, CancellationToken cancellationToken);

    [Get("/financial_settings")]
    Task<HttpResponseMessage> FinancialSettingsAsync([Property(SageCall.Key)] SageCall call, CancellationToken cancellationToken);

    [Get("/ledger_accounts")]
    Task<HttpResponseMessage> LedgerAccountsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, CancellationToken cancellationToken);

    [Get("/contacts")]
    Task<HttpResponseMessage> ContactsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, [AliasAs("deleted_since")] string? deletedSince, string attributes,
        [AliasAs("contact_type_id")] string? type, [AliasAs("exclude_system")] string excludeSystem, string? search, CancellationToken cancellationToken);

    [Get("/contacts/{id}")]
    Task<HttpResponseMessage> ContactAsync([Property(SageCall.Key)] SageCall call, string id, CancellationToken cancellationToken);

    [Get("/tax_rates")]
    Task<HttpResponseMessage> TaxRatesAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, string usage, CancellationToken cancellationToken);

    [Get("/bank_accounts")]
    Task<HttpResponseMessage> BankAccountsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, CancellationToken cancellationToken);

    [Get("/payment_methods")]
    Task<HttpResponseMessage> PaymentMethodsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, CancellationToken cancellationToken);

    [Get("/currencies")]
    Task<HttpResponseMessage> CurrenciesAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, CancellationToken cancellationToken);

    [Get("/analysis_types")]
    Task<HttpResponseMessage> AnalysisTypesAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, CancellationToken cancellationToken);

    [Get("/analysis_type_categories")]
    Task<HttpResponseMessage> AnalysisCategoriesAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, CancellationToken cancellationToken);

    [Get("/{list}/{id}")]
    Task<HttpResponseMessage> RecordAsync([Property(SageCall.Key)] SageCall call, string list, string id, CancellationToken cancellationToken);
    [Get("/products")]
    Task<HttpResponseMessage> ProductsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, CancellationToken cancellationToken);

    [Get("/services")]
    Task<HttpResponseMessage> ServicesAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, string attributes, CancellationToken cancellationToken);

    [Post("/contacts")]
    Task<HttpResponseMessage> CreateContactAsync([Property(SageCall.Key)] SageCall call, [Body] HttpContent body, CancellationToken cancellationToken);

    [Post("/{path}")]
    Task<HttpResponseMessage> CreateDocumentAsync([Property(SageCall.Key)] SageCall call, string path, [Body] HttpContent body, CancellationToken cancellationToken);

    [Post("/contact_payments")]
    Task<HttpResponseMessage> CreateContactPaymentAsync([Property(SageCall.Key)] SageCall call, [Body] HttpContent body, CancellationToken cancellationToken);

    [Post("/attachments")]
    Task<HttpResponseMessage> CreateAttachmentAsync([Property(SageCall.Key)] SageCall call, [Body] HttpContent body, CancellationToken cancellationToken);

    [Get("/{path}/{id}")]
    Task<HttpResponseMessage> DocumentAsync([Property(SageCall.Key)] SageCall call, string path, string id,
        [AliasAs("show_payments_allocations")] string? showPayments, [AliasAs("show_analysis_types")] string showAnalysis, CancellationToken cancellationToken);

    [Get("/{path}")]
    Task<HttpResponseMessage> FindDocumentsAsync([Property(SageCall.Key)] SageCall call, string path,
        int page, [AliasAs("items_per_page")] int size, [AliasAs("updated_or_created_since")] string? since, [AliasAs("deleted_since")] string? deletedSince, string attributes,
        [AliasAs("contact_id")] string? contactId, [AliasAs("from_date")] string? from, [AliasAs("to_date")] string? to, string? search, CancellationToken cancellationToken);

    [Get("/contact_payments/{id}")]
    Task<HttpResponseMessage> ContactPaymentAsync([Property(SageCall.Key)] SageCall call, string id, CancellationToken cancellationToken);

    [Put("/{path}/{id}")]
    Task<HttpResponseMessage> ChangeDocumentAsync([Property(SageCall.Key)] SageCall call, string path, string id, [Body] HttpContent body, CancellationToken cancellationToken);

    [Get("/contact_payments")]
    Task<HttpResponseMessage> FindContactPaymentsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, string attributes,
        [AliasAs("contact_id")] string contactId, [AliasAs("bank_account_id")] string bankAccountId, [AliasAs("from_date")] string from, [AliasAs("to_date")] string to, CancellationToken cancellationToken);

    [Delete("/{path}/{id}")]
    Task<HttpResponseMessage> DeleteDocumentAsync([Property(SageCall.Key)] SageCall call, string path, string id, [AliasAs("void_reason")] string? reason, CancellationToken cancellationToken);

    [Delete("/contact_payments/{id}")]
    Task<HttpResponseMessage> DeleteContactPaymentAsync([Property(SageCall.Key)] SageCall call, string id, CancellationToken cancellationToken);

    [Get("/attachments")]
    Task<HttpResponseMessage> AttachmentsAsync([Property(SageCall.Key)] SageCall call,
        int page, [AliasAs("items_per_page")] int size, string attributes,
        [AliasAs("attachment_context_type_id")] string contextTypeId, [AliasAs("attachment_context_id")] string contextId, CancellationToken cancellationToken);
}
