using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>What Sage holds against what was meant.</summary>
internal static class ReadBack
{
    /// <summary>Null where they agree, or else a sentence that names the differences.</summary>
    public static string? Difference(Item item, SagePurchaseInvoice invoice)
    {
        var differences = new List<string>();
        if (invoice.TotalAmount != item.Total) differences.Add($"total {invoice.TotalAmount:0.00} instead of {item.Total:0.00}");
        if ((invoice.TaxAmount ?? 0) != (item.Tax ?? 0)) differences.Add($"tax {invoice.TaxAmount:0.00} instead of {item.Tax:0.00}");
        if (invoice.Date != item.Date) differences.Add($"date {invoice.Date:d MMMM yyyy} instead of {item.Date:d MMMM yyyy}");
        if (invoice.Contact?.Id != item.Supplier?.SageId) differences.Add($"supplier {invoice.Contact?.DisplayedAs} instead of {item.Supplier?.Name}");
        return differences.Count == 0 ? null : $"In Sage this document has {string.Join(", ", differences)}. Look at it there.";
    }
}
