using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace DextSage.Integration.Sage;

/// <inheritdoc cref="ISageClient"/>
internal sealed class SageClient(ISageApi api, SageAnswerReader reader, IEnumerable<ISageListener> listeners) : ISageClient
{
    // A document has one file, seldom two; a list of attachments can carry whole files, so its pages stay small (Sage API 12).
    private const int AttachmentsPerPage = 20;

    public Task<SageAnswer<SagePage<SageBusiness>>> BusinessesAsync(SageTarget target, CancellationToken cancellationToken) =>
        PageAsync<SageBusiness>(target with { SageBusinessId = null }, new(1), call => api.BusinessesAsync(call, cancellationToken), cancellationToken);

    // Names its business in the path, and so without X-Business; among the requests of that business it counts all the same.
    public Task<SageAnswer<SageBusiness>> BusinessAsync(SageTarget target, string businessId, CancellationToken cancellationToken) =>
        OneAsync<SageBusiness>(new SageCall(target with { SageBusinessId = null }) { Paced = target with { SageBusinessId = businessId } },
            call => api.BusinessAsync(call, businessId, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageUser>> UserAsync(SageTarget target, CancellationToken cancellationToken) =>
        OneAsync<SageUser>(target with { SageBusinessId = null }, call => api.UserAsync(call, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageFinancialSettings>> FinancialSettingsAsync(SageTarget target, CancellationToken cancellationToken) =>
        OneAsync<SageFinancialSettings>(target, call => api.FinancialSettingsAsync(call, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageLedgerAccount>>> LedgerAccountsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageLedgerAccount>(target, page, call => api.LedgerAccountsAsync(call, page.Number, page.Size, Since(page), Attributes.LedgerAccount, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageContact>>> ContactsAsync(SageTarget target, SageContactType? type, SagePageRequest page, CancellationToken cancellationToken) =>
        ContactPageAsync(target, type, null, page, cancellationToken);

    public Task<SageAnswer<SagePage<SageContact>>> FindContactsAsync(SageTarget target, SageContactType type, string search, SagePageRequest page, CancellationToken cancellationToken) =>
        ContactPageAsync(target, type, search, page, cancellationToken);

    public Task<SageAnswer<SageContact>> ContactAsync(SageTarget target, string contactId, CancellationToken cancellationToken) =>
        OneAsync<SageContact>(target, call => api.ContactAsync(call, contactId, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageTrace>> FindRecordAsync(SageTarget target, string list, string id, CancellationToken cancellationToken) =>
        OneAsync<SageTrace>(target, call => api.RecordAsync(call, list, id, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageTaxRate>>> TaxRatesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageTaxRate>(target, page, call => api.TaxRatesAsync(call, page.Number, page.Size, Since(page), Attributes.TaxRate, "purchase", cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageBankAccount>>> BankAccountsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageBankAccount>(target, page, call => api.BankAccountsAsync(call, page.Number, page.Size, Since(page), Attributes.BankAccount, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageReference>>> PaymentMethodsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageReference>(target, page, call => api.PaymentMethodsAsync(call, page.Number, page.Size, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageReference>>> CurrenciesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageReference>(target, page, call => api.CurrenciesAsync(call, page.Number, page.Size, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageAnalysisType>>> AnalysisTypesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageAnalysisType>(target, page, call => api.AnalysisTypesAsync(call, page.Number, page.Size, Since(page), Attributes.AnalysisType, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageAnalysisCategory>>> AnalysisCategoriesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageAnalysisCategory>(target, page, call => api.AnalysisCategoriesAsync(call, page.Number, page.Size, Since(page), Attributes.AnalysisCategory, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageProduct>>> ProductsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageProduct>(target, page, call => api.ProductsAsync(call, page.Number, page.Size, Since(page), Attributes.Product, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageProduct>>> ServicesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageProduct>(target, page, call => api.ServicesAsync(call, page.Number, page.Size, Since(page), Attributes.Product, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageContact>> CreateContactAsync(SageTarget target, SageBody body, CancellationToken cancellationToken) =>
        WriteAsync<SageContact>(target, body, (call, content) => api.CreateContactAsync(call, content, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageDocument>> CreateDocumentAsync(SageTarget target, SageDocumentKind kind, SageBody body, CancellationToken cancellationToken) =>
        WriteAsync<SageDocument>(target, body, (call, content) => api.CreateDocumentAsync(call, kind.Path, content, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageContactPayment>> CreateContactPaymentAsync(SageTarget target, SageBody body, CancellationToken cancellationToken) =>
        WriteAsync<SageContactPayment>(target, body, (call, content) => api.CreateContactPaymentAsync(call, content, cancellationToken), cancellationToken, isBeside: true);

    public Task<SageAnswer<SageAttachment>> CreateAttachmentAsync(SageTarget target, NewAttachment attachment, SageFile file, CancellationToken cancellationToken) =>
        WriteAsync<SageAttachment>(target, SageBodies.Attachment(attachment, file), isBeside: true, (call, content) => api.CreateAttachmentAsync(call, content, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageDocument>> DocumentAsync(SageTarget target, SageDocumentKind kind, string documentId, CancellationToken cancellationToken) =>
        OneAsync<SageDocument>(new SageCall(target) { KeepsAnswer = true }, call => api.DocumentAsync(call, kind.Path, documentId, kind.IsPayment ? null : "true", "true", cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageDocument>>> FindDocumentsAsync(SageTarget target, SageDocumentKind kind, SageDocumentQuery query, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageDocument>(target, page, call => api.FindDocumentsAsync(call, kind.Path, page.Number, page.Size, Since(page), Time(page.DeletedSince), Attributes.Of(kind),
            query.ContactId, Day(query.From), Day(query.To), query.Search, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageContactPayment>> ContactPaymentAsync(SageTarget target, string paymentId, CancellationToken cancellationToken) =>
        OneAsync<SageContactPayment>(target, call => api.ContactPaymentAsync(call, paymentId, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageDocument>> ChangeDocumentAsync(SageTarget target, SageDocumentKind kind, string documentId, SageBody body, CancellationToken cancellationToken) =>
        WriteAsync<SageDocument>(target, body, (call, content) => api.ChangeDocumentAsync(call, kind.Path, documentId, content, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageContactPayment>>> FindContactPaymentsAsync(SageTarget target, SagePaymentQuery query, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageContactPayment>(target, page, call => api.FindContactPaymentsAsync(call, page.Number, page.Size, Attributes.ContactPayment,
            query.ContactId, query.BankAccountId, Day(query.Day)!, Day(query.Day)!, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageNothing>> DeleteDocumentAsync(SageTarget target, SageDocumentKind kind, string documentId, string reason, CancellationToken cancellationToken) =>
        DeleteAsync(target, call => api.DeleteDocumentAsync(call, kind.Path, documentId, kind.IsVoidedWithReason ? reason : null, cancellationToken), cancellationToken);

    public Task<SageAnswer<SageNothing>> DeleteContactPaymentAsync(SageTarget target, string paymentId, CancellationToken cancellationToken) =>
        DeleteAsync(target, call => api.DeleteContactPaymentAsync(call, paymentId, cancellationToken), cancellationToken);

    public Task<SageAnswer<SagePage<SageAttachment>>> AttachmentsAsync(SageTarget target, string contextTypeId, string contextId, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageAttachment>(target, page, call => api.AttachmentsAsync(call, page.Number, Math.Min(page.Size, AttachmentsPerPage), Attributes.Attachment,
            contextTypeId, contextId, cancellationToken), cancellationToken);

    private Task<SageAnswer<SagePage<SageContact>>> ContactPageAsync(SageTarget target, SageContactType? type, string? search, SagePageRequest page, CancellationToken cancellationToken) =>
        PageAsync<SageContact>(target, page, call => api.ContactsAsync(call, page.Number, page.Size, Since(page), Time(page.DeletedSince),
            type is null ? Attributes.ContactOfEitherType : Attributes.Contact, type is { } one ? SageIds.Of(one) : null, "true", search, cancellationToken), cancellationToken);

    private Task<SageAnswer<T>> OneAsync<T>(SageTarget target, Func<SageCall, Task<HttpResponseMessage>> send, CancellationToken cancellationToken) where T : class =>
        OneAsync<T>(new SageCall(target), send, cancellationToken);

    private async Task<SageAnswer<T>> OneAsync<T>(SageCall call, Func<SageCall, Task<HttpResponseMessage>> send, CancellationToken cancellationToken) where T : class =>
        await HeardAsync(call.Target!, await reader.ReadAsync<T>(call, () => send(call), cancellationToken));

    private async Task<SageAnswer<SagePage<T>>> PageAsync<T>(SageTarget target, SagePageRequest page, Func<SageCall, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
        where T : class, ISageRecord
    {
        var call = new SageCall(target) { IsRepeatedByCaller = page.IsRepeatedByCaller };
        return await HeardAsync(target, await reader.ReadPageAsync<T>(call, () => send(call), cancellationToken));
    }

    private async Task<SageAnswer<T>> HeardAsync<T>(SageTarget target, SageAnswer<T> answer) where T : class
    {
        foreach (var listener in listeners) await listener.HeardAsync(target.ConnectionId, answer.Failure);
        return answer;
    }

    private async Task<SageAnswer<T>> WriteAsync<T>(
        SageTarget target, SageBody body, Func<SageCall, HttpContent, Task<HttpResponseMessage>> send, CancellationToken cancellationToken, bool isBeside = false)
        where T : class, ISageRecord
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await WriteAsync<T>(target, content, isBeside, send, cancellationToken);
    }

    private async Task<SageAnswer<T>> WriteAsync<T>(
        SageTarget target, HttpContent content, bool isBeside, Func<SageCall, HttpContent, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
        where T : class, ISageRecord
    {
        RequireBusiness(target);
        using var sent = content;
        var answer = await OneAsync<T>(new SageCall(target) { IsBeside = isBeside, KeepsAnswer = true }, call => send(call, content), cancellationToken);
        // A record has an id; without one there is nothing to remember it by.
        return answer.Value is { Id: null or "" }
            ? SageAnswer<T>.Failed(new() { Kind = SageFailureKind.Garbled, RequestId = answer.RequestId, IsOutcomeUnknown = true })
            : answer;
    }

    private async Task<SageAnswer<SageNothing>> DeleteAsync(SageTarget target, Func<SageCall, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        RequireBusiness(target);
        var call = new SageCall(target) { KeepsAnswer = true };
        return await HeardAsync(target, await reader.ReadNothingAsync(call, () => send(call), cancellationToken));
    }

    // A write without a business would land in whichever one leads today.
    private static void RequireBusiness(SageTarget target)
    {
        if (target.SageBusinessId is null) throw new ArgumentException("A write names its business.", nameof(target));
    }

    private static string? Since(SagePageRequest page) => Time(page.ChangedSince);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // What is kept, and no more: Sage builds a page of everything slowly, or not at all (Sage API 4.2).
    private static class Attributes
    {
        public const string LedgerAccount = "name,display_name,nominal_code,ledger_account_type,visible_in_expenses,visible_in_sales,visible_in_other_payments,"
            + "visible_in_other_receipts,visible_in_banking,visible_in_journals,tax_rate,fixed_tax_rate";

        public const string Contact = "name,reference,currency,default_purchase_ledger_account,default_sales_ledger_account,default_sales_tax_rate,credit_days,credit_terms,deleted_at";

        public const string ContactOfEitherType = Contact + ",contact_types";

        public const string TaxRate = "name,percentage,percentages";

        public const string BankAccount = "bank_account_type,currency";

        public const string AnalysisType = "name,active_areas,analysis_type_level";

        public const string AnalysisCategory = "name,code,analysis_type";

        public const string Product = "item_code,description,sales_ledger_account,purchase_ledger_account,active,deleted_at";

        private const string Document = "contact,date,reference,net_amount,tax_amount,total_amount,created_at,updated_at,deleted_at";
        private const string Owed = Document + ",contact_name,outstanding_amount,currency,status";

        public static string Of(SageDocumentKind kind) => kind switch
        {
            { IsPayment: true } => Document + ",payment_lines",
            { Lines: null } => Owed + ",details",
            { IsPurchase: true } => Owed + ",notes,vendor_reference",
            _ => Owed + ",notes",
        };

        public const string ContactPayment = "contact,bank_account,date,total_amount,reference,allocated_artefacts,deleted_at";

        public const string Attachment = "file_name,file_size,mime_type,attachment_context,attachment_context_type,created_at,deleted_at";
    }
}
