using DextSage.Integration.Lists;

namespace DextSage.Integration.Items;

/// <summary>Where an item points into lists.</summary>
internal static class ItemPointers
{
    /// <summary>The item's property with our id of the entry, for EF Core; null for a list into which items do not point.</summary>
    public static string? Into(ListKind list) => list switch
    {
        ListKind.Suppliers => nameof(Item.SupplierId),
        ListKind.Categories => nameof(Item.CategoryId),
        ListKind.TaxRates => nameof(Item.TaxRateId),
        _ => null,
    };
}
