using DextSage.Integration.Lists;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>Whether the prices on the lines of an item are before tax or include it.</summary>
public enum LineAmounts { Net, Gross }

/// <summary>One line of an item, in the item's currency. What it comes to is kept by <see cref="LineMath"/>.</summary>
public sealed class ItemLine : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public Guid ItemId { get; init; }

    /// <summary>From 0, without gaps.</summary>
    public int Position { get; set; }

    public string? Description { get; set; }
    public Guid? CategoryId { get; set; }
    public Guid? ProductId { get; set; }
    public Guid? ClassId { get; set; }
    public Guid? LocationId { get; set; }
    public Guid? TaxRateId { get; set; }

    /// <summary>At most four decimals.</summary>
    public decimal Quantity { get; set; } = 1;

    /// <summary>At most four decimals; with tax or without it as the item's <see cref="LineAmounts"/> says. Less than zero for a discount.</summary>
    public decimal UnitPrice { get; set; }

    /// <summary>Two decimals.</summary>
    public decimal Net { get; set; }

    /// <summary>Two decimals.</summary>
    public decimal Tax { get; set; }

    /// <summary>A person took the tax from the paper: it is not computed.</summary>
    public bool IsTaxTyped { get; set; }

    public decimal Gross => Net + Tax;

    public Category? Category { get; init; }
    public Product? Product { get; init; }
    public AnalysisCategory? Class { get; init; }
    public AnalysisCategory? Location { get; init; }
    public TaxRate? TaxRate { get; init; }
}

/// <summary>The fields of a line that people edit; <see cref="Position"/> is its place among the others.</summary>
public enum LineField { Description, Category, Product, Class, Location, TaxRate, Quantity, UnitPrice, Tax, Position }
