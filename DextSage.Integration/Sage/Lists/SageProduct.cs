namespace DextSage.Integration.Sage;

/// <summary>A product that is not kept in stock, or a service: two lists in Sage, of one shape as far as we read them (Sage API 8.7).</summary>
public sealed record SageProduct : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }

    public string? ItemCode { get; init; }
    public string? Description { get; init; }
    public SageReference? SalesLedgerAccount { get; init; }
    public SageReference? PurchaseLedgerAccount { get; init; }

    /// <summary>Can be null, which Sage treats as active (Sage API 8.7).</summary>
    public bool? Active { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }
}
