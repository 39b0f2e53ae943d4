using DextSage.Integration.Items;

namespace DextSage.App.Items;

/// <summary>Lines that are to be, from what is on the screen.</summary>
internal static class LineDrafts
{
    public static LineDraft Copy(LineView line) => new(line.Description, line.UnitPrice)
    {
        Quantity = line.Quantity, CategoryId = line.Category?.Id, ProductId = line.Product?.Id, ClassId = line.Class?.Id, LocationId = line.Location?.Id,
        TaxRateId = line.TaxRate?.Id, Tax = line.IsTaxTyped ? line.Tax : null,
    };

    /// <summary>The first line is the item as it stands; a further one is coded like the last.</summary>
    public static LineDraft Next(ItemView item) => item.Lines is [.., var last]
        ? new LineDraft(Description: null, UnitPrice: 0) { CategoryId = last.Category?.Id, TaxRateId = last.TaxRate?.Id, ClassId = last.Class?.Id, LocationId = last.Location?.Id }
        : new LineDraft(item.Description ?? item.SupplierName ?? item.CustomerName, item.LineAmounts is LineAmounts.Gross ? item.Total ?? 0 : (item.Total ?? 0) - (item.Tax ?? 0))
        {
            CategoryId = item.CategoryId, TaxRateId = item.TaxRateId, ClassId = item.Class?.Id, LocationId = item.Location?.Id,
        };

    /// <summary>The line that makes the others come to the total, as the review proposes it; null where nothing is out.</summary>
    public static ItemEdit? Balance(ItemView item) => item.Issues.FirstOrDefault(i => i is { Field: ItemField.Lines, LineId: null, Fix.Edit: ItemEdit.AddLine })?.Fix?.Edit;
}
