namespace DextSage.Integration.Sage;

/// <summary>A purchase invoice as Sage keeps it (Sage API 9). Lists fill only part of it.</summary>
public sealed record SagePurchaseInvoice : ISageRecord
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
    public decimal? NetAmount { get; init; }
    public decimal? TaxAmount { get; init; }
    public decimal? TotalAmount { get; init; }
    public decimal? OutstandingAmount { get; init; }
    public decimal? TotalPaid { get; init; }
    public SageReference? Currency { get; init; }
    public decimal? ExchangeRate { get; init; }

    /// <summary><c>UNPAID</c>, <c>PART_PAID</c>, <c>PAID</c>, <c>VOID</c>, <c>DRAFT</c>, <c>DISPUTED</c>, or one that Sage adds.</summary>
    public SageReference? Status { get; init; }

    public DateOnly? LastPaid { get; init; }
    public bool? Editable { get; init; }
    public SageReference? Transaction { get; init; }
    public IReadOnlyList<SagePurchaseInvoiceLine>? InvoiceLines { get; init; }
    public IReadOnlyList<SageLink>? Links { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The document's page in Sage for a person, when Sage gave one that is https or on this machine.</summary>
    public Uri? WebPage => SageLink.WebPage(Links);
}

/// <summary>One line of a purchase invoice.</summary>
public sealed record SagePurchaseInvoiceLine : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Description { get; init; }
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
