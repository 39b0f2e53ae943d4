using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>A document as Sage keeps it, of any <see cref="SageDocumentKind"/> (Sage API 9, 10, 11.3). Each kind fills its part, and lists fill less.</summary>
public sealed record SageDocument : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public SageReference? Contact { get; init; }
    public string? ContactName { get; init; }
    public DateOnly? Date { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? Reference { get; init; }
    public string? VendorReference { get; init; }
    public string? Notes { get; init; }

    /// <summary>Of a quick entry, which is one line.</summary>
    public string? Details { get; init; }
    public SageReference? LedgerAccount { get; init; }
    public SageReference? TaxRate { get; init; }
    public IReadOnlyList<SageReference>? AnalysisTypeCategories { get; init; }

    /// <summary>Of an other payment.</summary>
    public SageReference? BankAccount { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }
    public decimal? OutstandingAmount { get; init; }
    public decimal? TotalPaid { get; init; }
    public SageReference? Currency { get; init; }
    public decimal? ExchangeRate { get; init; }
    public bool? VatReverseCharge { get; init; }

    /// <summary><c>UNPAID</c>, <c>PART_PAID</c>, <c>PAID</c>, <c>VOID</c>, <c>DRAFT</c>, <c>DISPUTED</c>, or one that Sage adds.</summary>
    public SageReference? Status { get; init; }

    public DateOnly? LastPaid { get; init; }
    public bool? Editable { get; init; }

    /// <summary>It is part of a VAT return that was filed: Sage keeps it as it is (Sage API 9.3).</summary>
    public bool? TaxReconciled { get; init; }
    public SageReference? Transaction { get; init; }
    public IReadOnlyList<SageDocumentLine>? InvoiceLines { get; init; }
    public IReadOnlyList<SageDocumentLine>? CreditNoteLines { get; init; }
    public IReadOnlyList<SageDocumentLine>? PaymentLines { get; init; }
    public IReadOnlyList<SageLink>? Links { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Its lines, whatever its kind calls them; a quick entry is its own only line.</summary>
    [JsonIgnore]
    public IReadOnlyList<SageDocumentLine> Lines => InvoiceLines ?? CreditNoteLines ?? PaymentLines ?? (LedgerAccount is null ? [] :
    [
        new SageDocumentLine
        {
            Details = Details, NetAmount = NetAmount, TaxAmount = TaxAmount, TotalAmount = TotalAmount, LedgerAccount = LedgerAccount, TaxRate = TaxRate, AnalysisTypeCategories = AnalysisTypeCategories,
        },
    ]);

    /// <summary>It counts for nothing any more.</summary>
    [JsonIgnore]
    public bool IsGone => DeletedAt is not null || Status?.Id == "VOID";

    /// <summary>The document's page in Sage for a person, when Sage gave one that is https or on this machine.</summary>
    [JsonIgnore]
    public Uri? WebPage => SageLink.WebPage(Links);
}

/// <summary>One line of a document.</summary>
public sealed record SageDocumentLine : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Description { get; init; }

    /// <summary>What other payments and quick entries have for a description.</summary>
    public string? Details { get; init; }
    public decimal? Quantity { get; init; }
    public decimal? UnitPrice { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }
    public SageReference? LedgerAccount { get; init; }
    public SageReference? TaxRate { get; init; }
    public IReadOnlyList<SageReference>? AnalysisTypeCategories { get; init; }
}

/// <summary>A link from a record to elsewhere; <c>rel</c> "alternate" is Sage's web page of it.</summary>
public sealed record SageLink
{
    public string? Href { get; init; }
    public string? Rel { get; init; }
    public string? Type { get; init; }

    internal static Uri? WebPage(IEnumerable<SageLink>? links) =>
        (links ?? [])
            .Where(l => l.Rel == "alternate")
            .Select(l => Uri.TryCreate(l.Href, UriKind.Absolute, out var uri) ? uri : null)
            .FirstOrDefault(u => u is not null && (u.Scheme == Uri.UriSchemeHttps || (u.Scheme == Uri.UriSchemeHttp && u.IsLoopback)));
}

/// <summary>A payment to a supplier or from a customer, or its refund (Sage API 11.1).</summary>
public sealed record SageContactPayment : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public SageReference? Contact { get; init; }
    public SageReference? BankAccount { get; init; }
    public DateOnly? Date { get; init; }
    public decimal? TotalAmount { get; init; }
    public string? Reference { get; init; }
    public IReadOnlyList<SageAllocation>? AllocatedArtefacts { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>What a payment pays.</summary>
public sealed record SageAllocation
{
    public SageReference? Artefact { get; init; }
    public decimal? Amount { get; init; }
}

/// <summary>A file hung on a document (Sage API 12). Its content is not read back.</summary>
public sealed record SageAttachment : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? FileName { get; init; }
    public string? MimeType { get; init; }

    /// <summary>In bytes, of the file itself.</summary>
    public long? FileSize { get; init; }

    public SageReference? AttachmentContext { get; init; }
    public SageReference? AttachmentContextType { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
}
