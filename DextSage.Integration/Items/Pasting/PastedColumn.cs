namespace DextSage.Integration.Items;

/// <summary>What a column of pasted lines holds. An <see cref="Amount"/> is what the line comes to, with or without tax as the item's prices are meant.</summary>
public enum PastedColumn { Description, Category, Product, Class, Location, TaxRate, Quantity, UnitPrice, Amount, Net, Tax, Gross }

/// <summary>Headings of spreadsheets and what they mean.</summary>
internal static class PastedHeadings
{
    private static readonly Dictionary<string, PastedColumn> Meanings = new(StringComparer.Ordinal)
    {
        ["description"] = PastedColumn.Description, ["details"] = PastedColumn.Description, ["item"] = PastedColumn.Description, ["particulars"] = PastedColumn.Description, ["narrative"] = PastedColumn.Description,
        ["category"] = PastedColumn.Category, ["account"] = PastedColumn.Category, ["ledgeraccount"] = PastedColumn.Category, ["nominal"] = PastedColumn.Category, ["nominalcode"] = PastedColumn.Category, ["accountcode"] = PastedColumn.Category,
        ["product"] = PastedColumn.Product, ["service"] = PastedColumn.Product, ["productorservice"] = PastedColumn.Product, ["productservice"] = PastedColumn.Product, ["sku"] = PastedColumn.Product,
        ["class"] = PastedColumn.Class, ["department"] = PastedColumn.Class, ["costcentre"] = PastedColumn.Class, ["project"] = PastedColumn.Class,
        ["location"] = PastedColumn.Location,
        ["taxrate"] = PastedColumn.TaxRate, ["vatrate"] = PastedColumn.TaxRate, ["taxcode"] = PastedColumn.TaxRate, ["vatcode"] = PastedColumn.TaxRate,
        ["quantity"] = PastedColumn.Quantity, ["qty"] = PastedColumn.Quantity, ["units"] = PastedColumn.Quantity,
        ["unitprice"] = PastedColumn.UnitPrice, ["price"] = PastedColumn.UnitPrice, ["unitcost"] = PastedColumn.UnitPrice, ["each"] = PastedColumn.UnitPrice, ["rate"] = PastedColumn.UnitPrice,
        ["amount"] = PastedColumn.Amount, ["linetotal"] = PastedColumn.Amount, ["value"] = PastedColumn.Amount,
        ["net"] = PastedColumn.Net, ["netamount"] = PastedColumn.Net, ["netto"] = PastedColumn.Net, ["subtotal"] = PastedColumn.Net,
        ["tax"] = PastedColumn.Tax, ["vat"] = PastedColumn.Tax, ["taxamount"] = PastedColumn.Tax, ["vatamount"] = PastedColumn.Tax,
        ["gross"] = PastedColumn.Gross, ["grossamount"] = PastedColumn.Gross, ["total"] = PastedColumn.Gross, ["totalamount"] = PastedColumn.Gross,
    };

    public static PastedColumn? Meaning(string heading)
    {
        // "Net (GBP)", "Total £", "Unit Price": the letters before any bracket.
        var bare = new string([.. heading.Split('(')[0].Where(char.IsLetter)]).ToLowerInvariant();
        return Meanings.TryGetValue(bare, out var column) ? column : null;
    }

    /// <summary>What columns without headings hold, by how many there are; null where nobody could say.</summary>
    public static IReadOnlyList<PastedColumn>? ByCount(int columns) => columns switch
    {
        1 => [PastedColumn.Amount],
        2 => [PastedColumn.Description, PastedColumn.Amount],
        3 => [PastedColumn.Description, PastedColumn.Quantity, PastedColumn.UnitPrice],
        4 => [PastedColumn.Description, PastedColumn.Category, PastedColumn.Quantity, PastedColumn.UnitPrice],
        5 => [PastedColumn.Description, PastedColumn.Category, PastedColumn.TaxRate, PastedColumn.Quantity, PastedColumn.UnitPrice],
        _ => null,
    };

    public static string Name(this PastedColumn column) => column switch
    {
        PastedColumn.TaxRate => "Tax rate",
        PastedColumn.UnitPrice => "Unit price",
        PastedColumn.Product => "Product or service",
        _ => column.ToString(),
    };
}
