using System.Globalization;

namespace DextSage.Integration.Intake.Structured;

/// <summary>Something in an electronic invoice that does not add up.</summary>
/// <param name="Rule">Its name in EN 16931, such as BR-CO-15.</param>
/// <param name="Sentence">With both amounts.</param>
public sealed record StructuredCheck(string Rule, string Sentence);

/// <summary>The sums that EN 16931 asks for, held against what the document states. What it does not state is not held against it.</summary>
internal static class SumChecks
{
    /// <summary>A tax may have been rounded line by line, or to whole units of its currency: the standard's own rule takes less than one for equal.</summary>
    private const decimal TaxRounding = 1m;

    private const decimal Rounding = 0.01m;

    /// <summary>So many that a person still reads them.</summary>
    public const int Most = 20;

    public static IReadOnlyList<StructuredCheck> Of(StructuredInvoice invoice)
    {
        var found = new List<StructuredCheck>();
        var totals = invoice.Totals;
        var (allowances, charges) = (invoice.Adjustments.Where(a => !a.IsCharge).Sum(a => a.Amount ?? 0), invoice.Adjustments.Where(a => a.IsCharge).Sum(a => a.Amount ?? 0));
        var counted = invoice.Counted.ToList();
        if (counted.Count > 0) Compare("BR-CO-10", "The lines come to", counted.Sum(l => l.Net ?? 0), "the sum of the lines is stated as", totals.Lines);
        if (invoice.Adjustments.Count > 0)
        {
            Compare("BR-CO-11", "The allowances come to", allowances, "their sum is stated as", totals.Allowances);
            Compare("BR-CO-12", "The charges come to", charges, "their sum is stated as", totals.Charges);
        }

        Compare("BR-CO-13", "The lines with allowances and charges come to", totals.Lines - (totals.Allowances ?? 0) + (totals.Charges ?? 0), "the amount before tax is stated as", totals.Net);
        if (invoice.Taxes.Count > 0)
        {
            Compare("BR-CO-14", "The tax per rate comes to", invoice.Taxes.Sum(t => t.Tax ?? 0), "the tax is stated as", totals.Tax);
            Compare("BR-53", "The amounts per rate come to", invoice.Taxes.Sum(t => t.Net ?? 0), "the amount before tax is stated as", totals.Net);
        }

        Compare("BR-CO-15", "Amount before tax and tax come to", totals.Net + (totals.Tax ?? (invoice.Taxes.Count == 0 ? 0 : null)), "the total is stated as", totals.Total);
        // The smallest profiles leave out what was paid before.
        if (counted.Count > 0 || totals.Prepaid is not null)
            Compare("BR-CO-16", "The total less what was paid before comes to", totals.Total - (totals.Prepaid ?? 0) + (totals.Rounding ?? 0), "the amount due is stated as", totals.Payable);
        var parts = PartsPerRate(invoice, counted);
        foreach (var tax in invoice.Taxes.TakeWhile(_ => found.Count < Most)) Breakdown(tax, parts, found);
        return found;

        void Compare(string rule, string left, decimal? computed, string right, decimal? stated)
        {
            if (computed is { } is1 && stated is { } is2 && is1 != is2) found.Add(new StructuredCheck(rule, $"{left} {Shown(is1)}; {right} {Shown(is2)}."));
        }
    }

    /// <summary>What lines and adjustments come to at each rate; null where one of them does not name its own.</summary>
    private static Dictionary<(string?, decimal), decimal>? PartsPerRate(StructuredInvoice invoice, List<StructuredLine> lines)
    {
        if (lines.Count == 0 || lines.Exists(l => l.Category is null) || invoice.Adjustments.Any(a => a.Category is null)) return null;
        return lines.Select(l => (l.Category, Percent: l.Percent ?? 0, Amount: l.Net ?? 0)).Concat(invoice.Adjustments.Select(a => (a.Category, Percent: a.Percent ?? 0, Amount: a.Effect)))
            .GroupBy(p => (p.Category, p.Percent)).ToDictionary(g => g.Key, g => g.Sum(p => p.Amount));
    }

    private static void Breakdown(StructuredTax tax, Dictionary<(string?, decimal), decimal>? parts, List<StructuredCheck> found)
    {
        var rate = $"{(tax.Percent ?? 0).ToString("0.##", CultureInfo.InvariantCulture)}%";
        if (tax is { Net: { } net, Tax: { } stated, Percent: { } percent } && Math.Abs(decimal.Round(net * percent / 100, 2, MidpointRounding.AwayFromZero) - stated) >= TaxRounding)
            found.Add(new StructuredCheck("BR-CO-17", $"{rate} of {Shown(net)} is {Shown(decimal.Round(net * percent / 100, 2, MidpointRounding.AwayFromZero))}; the tax at this rate is stated as {Shown(stated)}."));

        if (parts is null || tax.Net is not { } taxable) return;
        var part = parts.GetValueOrDefault((tax.Category, tax.Percent ?? 0));
        if (Math.Abs(part - taxable) > Rounding)
            found.Add(new StructuredCheck($"BR-{tax.Category}-08", $"What is taxed at {rate} comes to {Shown(part)}; the breakdown states {Shown(taxable)}."));
    }

    private static string Shown(decimal amount) => amount.ToString("#,##0.00##", CultureInfo.InvariantCulture);
}
