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

/// <summary>A purchase invoice to create (Sage API 9.1). Amounts are in the document's currency, with at most two decimals.</summary>
public sealed record NewPurchaseInvoice
{
    /// <summary>A vendor; a customer is refused with "Couldn't find Supplier."</summary>
    public required string ContactId { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Sage has no default for it on purchases.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>At most <see cref="SageLimits.Reference"/> characters; becomes the document's name in Sage.</summary>
    public string? Reference { get; init; }

    /// <summary>At most <see cref="SageLimits.VendorReference"/> characters.</summary>
    public string? VendorReference { get; init; }

    /// <summary>At most <see cref="SageLimits.Notes"/> characters, seen inside the business only.</summary>
    public string? Notes { get; init; }

    public string? CurrencyId { get; init; }

    [JsonConverter(typeof(RateConverter))] public decimal? ExchangeRate { get; init; }

    public bool? VatReverseCharge { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<NewPurchaseInvoiceLine> InvoiceLines { get; init; }
}

/// <summary>One line. Sage does not calculate tax: with a rate goes its amount, and neither in a business without VAT (Sage API 9.2).</summary>
public sealed record NewPurchaseInvoiceLine
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

/// <summary>A record named by its id alone.</summary>
public sealed record SageId(string Id);

/// <summary>A file to hang on a document. Sage is known to take PDF, JPEG and PNG.</summary>
public sealed record NewAttachment
{
    public required string FileName { get; init; }
    public required string MimeType { get; init; }

    /// <summary>What it hangs on; <see cref="SageIds.PurchaseInvoice"/>.</summary>
    public required string AttachmentContextTypeId { get; init; }

    /// <summary>The document's own id, not its transaction's.</summary>
    public required string AttachmentContextId { get; init; }

    public string? Description { get; init; }
}

/// <summary>Sage's fixed ids.</summary>
public static class SageIds
{
    public const string PurchaseInvoice = "PURCHASE_INVOICE";

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
