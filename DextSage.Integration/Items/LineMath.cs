namespace DextSage.Integration.Items;

/// <summary>
/// What lines come to: each to the penny, half away from zero, and the document as their sum (Sage API 9.2). Where the paper's tax differs from that sum by
/// no more than the tolerance, the paper is right, and its largest taxed line carries the difference.
/// </summary>
public static class LineMath
{
    /// <summary>Computes net and tax of every line. The lines' tax rates must be loaded.</summary>
    internal static void Settle(Item item, ReviewContext context)
    {
        // Under the reverse charge the paper has no tax, whatever the rate.
        var isTaxed = context.UsesTax && !item.ReverseCharge;
        foreach (var line in item.Lines)
            (line.Net, line.Tax) = Amounts(line.Quantity, line.UnitPrice, item.LineAmounts, isTaxed ? line.TaxRate?.Percentage : null, isTaxed && line.IsTaxTyped ? line.Tax : null);
        if (item.Lines.Count == 0 || !isTaxed) return;
        if (context.TaxSource is Connections.TaxSource.Rate) item.Tax = item.Lines.Sum(l => l.Tax);
        else if (item.Tax is { } onPaper) CarryDifference(item, onPaper, context.TaxTolerance);
    }

    /// <param name="percentage">Per cent; null without a rate, when there is no tax but a typed one.</param>
    /// <param name="typedTax">Null where it is computed.</param>
    public static (decimal Net, decimal Tax) Amounts(decimal quantity, decimal unitPrice, LineAmounts amounts, decimal? percentage, decimal? typedTax)
    {
        var amount = Pennies(quantity * unitPrice);
        if (amounts is LineAmounts.Net) return (amount, typedTax ?? Pennies(amount * (percentage ?? 0) / 100));
        var tax = typedTax ?? TaxMath.TaxWithin(amount, percentage ?? 0);
        return (amount - tax, tax);
    }

    /// <summary>Whether one amount in their place would be taxed as they are: at the same rate of the list, or, where none is chosen, at the same percentage.</summary>
    public static bool AreTaxedAlike(IReadOnlyList<ItemLine> lines)
    {
        if (lines.Select(l => l.TaxRateId).Distinct().ToList() is not [var rate]) return false;
        var (net, tax) = (lines.Sum(l => l.Net), lines.Sum(l => l.Tax));
        return rate is not null || lines.All(l => l.Tax == 0) || (net != 0 && lines.All(l => Math.Abs(l.Tax - (l.Net * tax / net)) <= TaxMath.Tolerance));
    }

    /// <summary>By how much the lines fall short of the total; less than zero where they exceed it.</summary>
    public static decimal OutBy(decimal? total, IEnumerable<decimal> gross) => (total ?? 0) - gross.Sum();

    /// <summary>Parts of an amount in the given proportions that add up to it to the penny: what rounding leaves over goes to the largest parts.</summary>
    /// <param name="weights">At least one, none less than zero, not all of them zero.</param>
    public static IReadOnlyList<decimal> Shares(decimal amount, IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        var shares = weights.Select(w => decimal.Round(amount * w / sum, 2, MidpointRounding.ToZero)).ToList();
        var penny = 0.01m * Math.Sign(amount);
        var order = Enumerable.Range(0, weights.Count).OrderByDescending(i => weights[i]).ToList();
        for (var i = 0; shares.Sum() != amount && penny != 0; i++) shares[order[i % order.Count]] += penny;
        return shares;
    }

    private static void CarryDifference(Item item, decimal onPaper, decimal tolerance)
    {
        var difference = onPaper - item.Lines.Sum(l => l.Tax);
        if (difference == 0 || Math.Abs(difference) > tolerance) return;
        if (item.Lines.Where(l => !l.IsTaxTyped && l.TaxRate is { Percentage: > 0 }).MaxBy(l => Math.Abs(l.Net)) is not { } largest) return;
        largest.Tax += difference;
        if (item.LineAmounts is LineAmounts.Gross) largest.Net -= difference;
    }

    private static decimal Pennies(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
