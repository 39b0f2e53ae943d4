namespace DextSage.Integration.Items;

/// <summary>Two items side by side.</summary>
/// <param name="By">How they look alike, whatever was said of it.</param>
public sealed record Comparison(ItemView One, ItemView Other, Likeness By)
{
    /// <summary>The fields that are compared, in their order.</summary>
    public static readonly IReadOnlyList<ItemField> Fields =
    [
        ItemField.Type, ItemField.Supplier, ItemField.Customer, ItemField.Date, ItemField.DueDate, ItemField.Reference, ItemField.Total, ItemField.Tax, ItemField.Currency,
        ItemField.Category, ItemField.TaxRate, ItemField.Description, ItemField.Note,
    ];

    public IReadOnlyList<ItemField> Differing { get; init; } = [];

    /// <summary>Somebody said that it's different.</summary>
    public bool IsDifferent { get; init; }
    public string? SaidBy { get; init; }
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>The Item ID of the one that went to the bin as a duplicate of the other.</summary>
    public string? Dropped { get; init; }

    public string OtherThan(string code) => code == One.Code ? Other.Code : One.Code;

    /// <summary>The Item ID of the one that must be kept, because it is in Sage; null where either may.</summary>
    public string? MustKeep => (One.Status, Other.Status) switch
    {
        (ItemStatus.Published, ItemStatus.Published) => null,
        (ItemStatus.Published, _) => One.Code,
        (_, ItemStatus.Published) => Other.Code,
        _ => null,
    };
}
