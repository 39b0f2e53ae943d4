namespace DextSage.Integration.Sage;

/// <summary>
/// Sage's API, as far as this system uses it. Every method answers with a value or a failure; only a cancelled token throws.
/// Reads are repeated when a failure may pass; a write is sent once, and its caller repeats it with the same body.
/// </summary>
public interface ISageClient
{
    /// <summary>The businesses that the user of the connection can reach: ids and names.</summary>
    Task<SageAnswer<SagePage<SageBusiness>>> BusinessesAsync(SageTarget target, CancellationToken cancellationToken);

    /// <summary>One business with its country and subscriptions.</summary>
    Task<SageAnswer<SageBusiness>> BusinessAsync(SageTarget target, string businessId, CancellationToken cancellationToken);

    Task<SageAnswer<SageUser>> UserAsync(SageTarget target, CancellationToken cancellationToken);

    /// <summary>Needs the Settings right in Sage; without it the answer is <see cref="SageFailureKind.AccessDenied"/>.</summary>
    Task<SageAnswer<SageFinancialSettings>> FinancialSettingsAsync(SageTarget target, CancellationToken cancellationToken);

    /// <summary>Every ledger account, with the places it is visible in.</summary>
    Task<SageAnswer<SagePage<SageLedgerAccount>>> LedgerAccountsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Contacts of one type, or of both when null, without those that Sage made for itself.</summary>
    Task<SageAnswer<SagePage<SageContact>>> ContactsAsync(SageTarget target, SageContactType? type, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Contacts whose name, company name or reference matches; compare the name before use.</summary>
    Task<SageAnswer<SagePage<SageContact>>> FindContactsAsync(SageTarget target, SageContactType type, string search, SagePageRequest page, CancellationToken cancellationToken);

    Task<SageAnswer<SageContact>> ContactAsync(SageTarget target, string contactId, CancellationToken cancellationToken);

    /// <summary>Whether a list still has a record, by Sage's name of the list (<c>ledger_accounts</c>); <see cref="SageFailureKind.NotFound"/> when it has not.</summary>
    Task<SageAnswer<SageTrace>> FindRecordAsync(SageTarget target, string list, string id, CancellationToken cancellationToken);

    /// <summary>Rates for purchases.</summary>
    Task<SageAnswer<SagePage<SageTaxRate>>> TaxRatesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    Task<SageAnswer<SagePage<SageBankAccount>>> BankAccountsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    Task<SageAnswer<SagePage<SageReference>>> PaymentMethodsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    Task<SageAnswer<SagePage<SageReference>>> CurrenciesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Needs the Settings right, and a plan above Start.</summary>
    Task<SageAnswer<SagePage<SageAnalysisType>>> AnalysisTypesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Needs the Settings right, and a plan above Start.</summary>
    Task<SageAnswer<SagePage<SageAnalysisCategory>>> AnalysisCategoriesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Products that are not kept in stock, the inactive ones too.</summary>
    Task<SageAnswer<SagePage<SageProduct>>> ProductsAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Services, the inactive ones too.</summary>
    Task<SageAnswer<SagePage<SageProduct>>> ServicesAsync(SageTarget target, SagePageRequest page, CancellationToken cancellationToken);

    /// <summary>Creates a contact from <see cref="SageBodies.Contact"/>.</summary>
    Task<SageAnswer<SageContact>> CreateContactAsync(SageTarget target, SageBody body, CancellationToken cancellationToken);

    /// <summary>Creates a document of a kind from what <see cref="SageBodies"/> froze for it.</summary>
    Task<SageAnswer<SageDocument>> CreateDocumentAsync(SageTarget target, SageDocumentKind kind, SageBody body, CancellationToken cancellationToken);

    /// <summary>Pays a document, or refunds it, from <see cref="SageBodies.ContactPayment"/>.</summary>
    Task<SageAnswer<SageContactPayment>> CreateContactPaymentAsync(SageTarget target, SageBody body, CancellationToken cancellationToken);

    /// <summary>Uploads a file, which is read while it is sent.</summary>
    /// <exception cref="ArgumentException">It is empty or larger than <see cref="SageLimits.AttachmentBytes"/>.</exception>
    Task<SageAnswer<SageAttachment>> CreateAttachmentAsync(SageTarget target, NewAttachment attachment, SageFile file, CancellationToken cancellationToken);

    /// <summary>The whole document, with its lines, their analysis, and its payments counted in.</summary>
    Task<SageAnswer<SageDocument>> DocumentAsync(SageTarget target, SageDocumentKind kind, string documentId, CancellationToken cancellationToken);

    /// <summary>Documents to recognise one's own by: references, notes, status, date, contact and amounts are filled, as far as the kind has them.</summary>
    Task<SageAnswer<SagePage<SageDocument>>> FindDocumentsAsync(SageTarget target, SageDocumentKind kind, SageDocumentQuery query, SagePageRequest page, CancellationToken cancellationToken);

    Task<SageAnswer<SageContactPayment>> ContactPaymentAsync(SageTarget target, string paymentId, CancellationToken cancellationToken);

    /// <summary>Changes a document to what <see cref="SageBodies.Change"/> froze. Refused once it is paid, void or VAT-reconciled (Sage API 9.3).</summary>
    Task<SageAnswer<SageDocument>> ChangeDocumentAsync(SageTarget target, SageDocumentKind kind, string documentId, SageBody body, CancellationToken cancellationToken);

    /// <summary>Deletes a document, or voids it where Sage keeps it. Refused while payments or allocations hang on it (Sage API 9.3).</summary>
    /// <param name="reason">Sage asks for one on sales.</param>
    Task<SageAnswer<SageNothing>> DeleteDocumentAsync(SageTarget target, SageDocumentKind kind, string documentId, string reason, CancellationToken cancellationToken);

    /// <summary>Payments and refunds that are not deleted, with what they pay.</summary>
    Task<SageAnswer<SagePage<SageContactPayment>>> FindContactPaymentsAsync(SageTarget target, SagePaymentQuery query, SagePageRequest page, CancellationToken cancellationToken);

    Task<SageAnswer<SageNothing>> DeleteContactPaymentAsync(SageTarget target, string paymentId, CancellationToken cancellationToken);

    /// <summary>The files of one document: names, types and sizes, not their content.</summary>
    Task<SageAnswer<SagePage<SageAttachment>>> AttachmentsAsync(SageTarget target, string contextTypeId, string contextId, SagePageRequest page, CancellationToken cancellationToken);
}

/// <summary>Which payments to look for: of one contact, from one bank account, on one day.</summary>
public sealed record SagePaymentQuery(string ContactId, string BankAccountId, DateOnly Day);

/// <summary>Which documents to look for; what is null does not narrow.</summary>
/// <param name="From">First document date, included.</param>
/// <param name="To">Last document date, included.</param>
/// <param name="Search">Matches <c>reference</c> or the contact's name, not <c>vendor_reference</c> (Sage API 9.5). Other payments cannot be searched.</param>
public sealed record SageDocumentQuery(string? ContactId = null, DateOnly? From = null, DateOnly? To = null, string? Search = null);
