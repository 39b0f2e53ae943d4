namespace DextSage.Integration.Items;

/// <summary>A document that Sage has already and that looks like an item.</summary>
public sealed record SageTwin
{
    /// <summary>Sage's name of its kind: <c>purchase_invoice</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Sage's id of it.</summary>
    public required string Id { get; init; }
    public string? Number { get; init; }
    public string? Reference { get; init; }
    public DateOnly? Date { get; init; }

    /// <summary>Tax included, in the document's currency.</summary>
    public decimal? Total { get; init; }
    public string? Status { get; init; }
}
