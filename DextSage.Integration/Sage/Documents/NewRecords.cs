using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>The kind of a contact. A person who is both needs two contacts.</summary>
public enum SageContactType
{
    Vendor,
    Customer,
}

/// <summary>A contact to create (Sage API 8.4).</summary>
public sealed record NewContact
{
    /// <summary>At most <see cref="SageLimits.ContactName"/> characters.</summary>
    public required string Name { get; init; }

    [JsonPropertyName("contact_type_ids"), JsonConverter(typeof(ContactTypeConverter))]
    public required SageContactType Type { get; init; }

    /// <summary>At most <see cref="SageLimits.ContactReference"/> characters; unique in the business.</summary>
    public string? Reference { get; init; }

    /// <summary>ISO code; the business's own currency when null.</summary>
    public string? CurrencyId { get; init; }

    /// <summary>For vendors only.</summary>
    public string? DefaultPurchaseLedgerAccountId { get; init; }

    public string? TaxNumber { get; init; }

    /// <summary>A free place for a key of our own.</summary>
    public string? SourceGuid { get; init; }

    public string? Notes { get; init; }
}

/// <summary>An invoice or a credit note to create, of a purchase or a sale (Sage API 9.1, 10). Amounts are in the document's currency, with at most two decimals.</summary>
public sealed record NewDocument
{
    /// <summary>A vendor for purchases, a customer for sales; the other is refused with "Couldn't find Supplier."</summary>
    public required string ContactId { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Of invoices. Sage has no default for it on purchases.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>At most <see cref="SageLimits.Reference"/> characters; becomes a purchase's name in Sage.</summary>
    public string? Reference { get; init; }

    /// <summary>Of purchases. At most <see cref="SageLimits.VendorReference"/> characters.</summary>
    public string? VendorReference { get; init; }

    /// <summary>At most <see cref="SageLimits.Notes"/> characters. On a sale, the customer reads them too.</summary>
    public string? Notes { get; init; }

    public string? CurrencyId { get; init; }

    /// <summary>How much of the base currency one unit of the document's is.</summary>
    [JsonConverter(typeof(RateConverter))] public decimal? ExchangeRate { get; init; }

    public bool? VatReverseCharge { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<NewDocumentLine> Lines { get; init; }
}

/// <summary>One line. Sage does not calculate tax: with a rate goes its amount, and neither in a business without VAT (Sage API 9.2).</summary>
public sealed record NewDocumentLine
{
    public required string Description { get; init; }
    public required string LedgerAccountId { get; init; }
    public decimal Quantity { get; init; } = 1;

    /// <summary>Before tax.</summary>
    public required decimal UnitPrice { get; init; }

    public decimal? NetAmount { get; init; }
    public string? TaxRateId { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }

    /// <summary>One of the two at most.</summary>
    public string? ProductId { get; init; }

    /// <inheritdoc cref="ProductId"/>
    public string? ServiceId { get; init; }

    /// <summary>At most three, each of another type.</summary>
    public IReadOnlyList<SageId>? AnalysisTypeCategories { get; init; }
}

/// <summary>A quick entry to create: a document of one line, without notes and without files (Sage API 10).</summary>
public sealed record NewQuickEntry
{
    /// <summary><see cref="SageIds.QuickInvoice"/> or <see cref="SageIds.QuickCreditNote"/>.</summary>
    public required string QuickEntryTypeId { get; init; }
    public required string ContactId { get; init; }
    public required DateOnly Date { get; init; }

    /// <summary>At most <see cref="SageLimits.Reference"/> characters.</summary>
    public required string Reference { get; init; }
    public required string LedgerAccountId { get; init; }

    /// <summary>At most <see cref="SageLimits.Details"/> characters.</summary>
    public string? Details { get; init; }
    public decimal? NetAmount { get; init; }
    public string? TaxRateId { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }

    /// <summary>At most three, each of another type.</summary>
    public IReadOnlyList<SageAnalysisId>? AnalysisTypeCategories { get; init; }
}

/// <summary>Money that went straight from a bank account into ledger accounts, with no document between (Sage API 11.3). In the base currency.</summary>
public sealed record NewOtherPayment
{
    /// <summary><see cref="SageIds.OtherPayment"/> or <see cref="SageIds.OtherPaymentRefund"/>.</summary>
    public required string TransactionTypeId { get; init; }
    public string? ContactId { get; init; }
    public required string BankAccountId { get; init; }
    public required DateOnly Date { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public required decimal TotalAmount { get; init; }

    /// <summary>At most <see cref="SageLimits.Reference"/> characters.</summary>
    public string? Reference { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<NewPaymentLine> PaymentLines { get; init; }
}

/// <summary>One line of an other payment.</summary>
public sealed record NewPaymentLine
{
    /// <summary>Visible in other payments.</summary>
    public required string LedgerAccountId { get; init; }
    public string? Details { get; init; }
    public string? TaxRateId { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public required decimal TotalAmount { get; init; }
    public IReadOnlyList<SageId>? AnalysisTypeCategories { get; init; }
}

/// <summary>A payment of a document, or its refund (Sage API 11.1).</summary>
public sealed record NewContactPayment
{
    /// <summary>One of <see cref="SageIds"/>: VENDOR_PAYMENT, VENDOR_REFUND, CUSTOMER_RECEIPT, CUSTOMER_REFUND.</summary>
    public required string TransactionTypeId { get; init; }
    public required string ContactId { get; init; }
    public required string BankAccountId { get; init; }
    public required DateOnly Date { get; init; }

    /// <summary>No less than what is allocated.</summary>
    public required decimal TotalAmount { get; init; }
    public string? CurrencyId { get; init; }
    [JsonConverter(typeof(RateConverter))] public decimal? ExchangeRate { get; init; }

    /// <summary>At most <see cref="SageLimits.Reference"/> characters.</summary>
    public string? Reference { get; init; }
    public required IReadOnlyList<NewAllocation> AllocatedArtefacts { get; init; }
}

/// <param name="ArtefactId">The document's id, not its transaction's.</param>
public sealed record NewAllocation(string ArtefactId, decimal Amount);

/// <summary>A record named by its id alone.</summary>
public sealed record SageId(string Id);

/// <summary>The same on quick entries, where Sage's description calls it by another name.</summary>
public sealed record SageAnalysisId(string AnalysisTypeId);

/// <summary>A file to hang on a document. Sage is known to take PDF, JPEG and PNG.</summary>
public sealed record NewAttachment
{
    public required string FileName { get; init; }
    public required string MimeType { get; init; }

    /// <summary>What it hangs on: <see cref="SageDocumentKind.AttachmentContext"/>.</summary>
    public required string AttachmentContextTypeId { get; init; }

    /// <summary>The document's own id, not its transaction's.</summary>
    public required string AttachmentContextId { get; init; }

    public string? Description { get; init; }
}

/// <summary>The bytes of a file to send.</summary>
/// <param name="Length">Of its content, in bytes.</param>
/// <param name="Open">Called for each time that it is sent.</param>
public sealed record SageFile(long Length, Func<Stream> Open);

/// <summary>Sage's fixed ids.</summary>
public static class SageIds
{
    public const string QuickInvoice = "INVOICE";

    /// <summary>Nowhere written down; its name follows the other's (Sage API 8.8).</summary>
    public const string QuickCreditNote = "CREDIT_NOTE";

    public const string OtherPayment = "OTHER_PAYMENT";
    public const string OtherPaymentRefund = "OTHER_PAYMENT_REFUND";
    public const string VendorPayment = "VENDOR_PAYMENT";
    public const string VendorRefund = "VENDOR_REFUND";
    public const string CustomerReceipt = "CUSTOMER_RECEIPT";
    public const string CustomerRefund = "CUSTOMER_REFUND";

    public static string Of(SageContactType type) => type is SageContactType.Vendor ? "VENDOR" : "CUSTOMER";
}

/// <summary>Rates are not amounts: as many decimals as they have.</summary>
internal sealed class RateConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("New records are only written.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Sage wants a list of exactly one.</summary>
internal sealed class ContactTypeConverter : JsonConverter<SageContactType>
{
    public override SageContactType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("New records are only written.");

    public override void Write(Utf8JsonWriter writer, SageContactType value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(SageIds.Of(value));
        writer.WriteEndArray();
    }
}
