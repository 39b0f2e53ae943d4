namespace DextSage.Integration.Items;

/// <summary>Tax within a total, in the document's currency, to the penny, half away from zero as invoices are rounded (Sage API 9.2).</summary>
public static class TaxMath
{
    /// <summary>A paper's tax may differ from the formula by this much: its lines were rounded one by one.</summary>
    public const decimal Tolerance = 0.05m;

    /// <param name="total">Tax included.</param>
    /// <param name="percentage">Per cent.</param>
    public static decimal TaxWithin(decimal total, decimal percentage) =>
        decimal.Round(total * percentage / (100 + percentage), 2, MidpointRounding.AwayFromZero);

    public static bool Fits(decimal total, decimal tax, decimal percentage, decimal tolerance = Tolerance) =>
        percentage == 0 ? tax == 0 : Math.Abs(tax - TaxWithin(total, percentage)) <= tolerance;
}
