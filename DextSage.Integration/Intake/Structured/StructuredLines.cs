using DextSage.Integration.Items;

namespace DextSage.Integration.Intake.Structured;

/// <summary>The lines of an electronic invoice as lines of an item: all of them, coming to its total to the penny, or none and why.</summary>
internal static class StructuredLines
{
    private const int Decimals = 4;

    public static (IReadOnlyList<StatedLine> Drafts, string? WhyNot) Of(StructuredInvoice invoice)
    {
        var lines = invoice.Counted.ToList();
        if (lines.Count == 0) return ([], null);
        if (lines.Count + invoice.Adjustments.Count > ItemLimits.Lines) return No($"There are {lines.Count + invoice.Adjustments.Count} of them, and an item has at most {ItemLimits.Lines}.");
        if (SumChecks.Of(invoice).Count > 0) return No("The e-invoice does not add up.");
        if (invoice.IsCreditNote && invoice.Totals.Total < 0) return No("It is a credit note of less than zero, which says two things.");

        var only = invoice.Taxes.Select(t => t.Percent ?? 0).Distinct().Take(2).ToList() is [var rate] ? rate : (decimal?)null;
        var parts = lines.Select(l => Part(l, only)).Concat(invoice.Adjustments.Select(a => Part(a, only))).ToList();
        if (parts.Contains(null)) return No("One of them does not say what it comes to, or at which rate it is taxed.");
        var sign = invoice.Totals.Total < 0 ? -1 : 1;
        var drafts = Taxed([.. parts.Select(p => p! with { UnitPrice = sign * p!.UnitPrice })], invoice, sign);
        return drafts.Sum(d => d.Net + d.Tax) == sign * invoice.Totals.Total ? (drafts, null) : No("They do not come to its total to the penny.");

        static (IReadOnlyList<StatedLine>, string?) No(string reason) => ([], reason);
    }

    private static StatedLine? Part(StructuredLine line, decimal? only)
    {
        if (line.Net is not { } net || decimal.Round(net, 2) != net || Math.Abs(net) > ItemLimits.Amount || (Percent(line.Category, line.Percent) ?? only) is not { } rate) return null;
        var (quantity, price) = Priced(line) ?? (1, net);
        return new StatedLine(Cut(line.Name ?? line.Description), quantity, price, rate, Tax: 0) { HasPlainRate = IsPlain(line.Category) };
    }

    private static StatedLine? Part(StructuredAdjustment adjustment, decimal? only) =>
        adjustment.Amount is null || decimal.Round(adjustment.Effect, 2) != adjustment.Effect || (Percent(adjustment.Category, adjustment.Percent) ?? only) is not { } percent
            ? null
            : new StatedLine(Cut(adjustment.Reason ?? (adjustment.IsCharge ? "Charge" : "Discount")), 1, adjustment.Effect, percent, Tax: 0) { HasPlainRate = IsPlain(adjustment.Category) };

    /// <summary>Quantity and price where they come to the line's amount; otherwise the amount is the price of one.</summary>
    private static (decimal Quantity, decimal Price)? Priced(StructuredLine line)
    {
        if (line is not { Quantity: { } quantity, Price: { } price } || quantity == 0 || (line.PriceQuantity is { } per && Math.Abs(per) < 0.0001m)) return null;
        price /= line.PriceQuantity ?? 1;
        // What is taken back has a quantity of less than zero; here it is the price.
        if (quantity < 0) (quantity, price) = (-quantity, -price);
        var isExact = decimal.Round(quantity, Decimals) == quantity && decimal.Round(price, Decimals) == price && quantity <= ItemLimits.Amount && Math.Abs(price) <= ItemLimits.Amount;
        return isExact && LineMath.Amounts(quantity, price, LineAmounts.Net, percentage: null, typedTax: null).Net == line.Net ? (quantity, price) : null;
    }

    /// <summary>A rate of this country's own: nothing reversed, exempt, exported or out of scope, which has a percentage that others have too.</summary>
    public static bool IsPlain(string? category) => category is null or "S" or "Z";

    // Out of scope there is no rate to state.
    private static decimal? Percent(string? category, decimal? percent) => percent ?? (category is "O" or "E" or "Z" or "AE" or "K" or "G" ? 0 : null);

    /// <summary>Each line its tax; what the breakdown states more or less than their sum is carried by the largest line of that rate.</summary>
    private static List<StatedLine> Taxed(List<StatedLine> drafts, StructuredInvoice invoice, int sign)
    {
        var taxed = drafts.ConvertAll(d => d with { Tax = decimal.Round(d.Net * d.Percent / 100, 2, MidpointRounding.AwayFromZero) });
        foreach (var rate in invoice.Taxes.GroupBy(t => t.Percent ?? 0))
        {
            var difference = sign * rate.Sum(t => t.Tax ?? 0) - taxed.Where(d => d.Percent == rate.Key).Sum(d => d.Tax);
            if (difference == 0 || Math.Abs(difference) > TaxMath.Tolerance) continue;
            var largest = taxed.Where(d => d.Percent == rate.Key).MaxBy(d => Math.Abs(d.Net));
            if (largest is not null) taxed[taxed.IndexOf(largest)] = largest with { Tax = largest.Tax + difference };
        }

        return taxed;
    }

    private static string? Cut(string? text) => text is { Length: > ItemLimits.Description } ? text[..(ItemLimits.Description - 1)] + "…" : text;
}
