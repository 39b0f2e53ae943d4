using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>A product that is not kept in stock, or a service: two lists in Sage, of one shape as far as we read them (Sage API 8.7).</summary>
public sealed record SageProduct : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }

    /// <summary>Sent with every record of a list: <c>/products/…</c> or <c>/services/…</c>.</summary>
    [JsonPropertyName("$path")]
    public string? Path { get; init; }

    public string? ItemCode { get; init; }
    public string? Description { get; init; }
    public SageReference? SalesLedgerAccount { get; init; }
    public SageReference? PurchaseLedgerAccount { get; init; }

    /// <summary>Can be null, which Sage treats as active (Sage API 8.7).</summary>
    public bool? Active { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    public bool IsService => Path?.StartsWith("/services/", StringComparison.Ordinal) == true;
}
