using DextSage.Integration.Connections;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>A line as the document itself states it.</summary>
/// <param name="Quantity">More than zero, at most four decimals.</param>
/// <param name="UnitPrice">Before tax, at most four decimals.</param>
/// <param name="Percent">Of tax.</param>
/// <param name="Tax">Of the line, such that all of them come to the document's tax.</param>
internal sealed record StatedLine(string? Description, decimal Quantity, decimal UnitPrice, decimal Percent, decimal Tax)
{
    /// <summary>False where its percentage does not tell its tax rate.</summary>
    public bool HasPlainRate { get; init; } = true;

    public decimal Net => LineMath.Amounts(Quantity, UnitPrice, LineAmounts.Net, percentage: null, Tax).Net;
}

/// <summary>Lines that a document states, as lines of its item: all of them, coming to its total to the penny, or none.</summary>
internal static class StatedLines
{
    /// <summary>Gives an item without lines these, each with the tax rate of its percentage where there is one and only one. The entries must be loaded afterwards.</summary>
    public static async Task ApplyAsync(DextSageDb db, Item item, IReadOnlyList<StatedLine> lines, ReviewContext context, CancellationToken cancellationToken)
    {
        // Without VAT the total goes to Sage whole, and lines before tax would not come to it.
        if (item.Lines.Count > 0 || item.Total is null || (!context.UsesTax && lines.Any(l => l.Tax != 0))) return;
        item.LineAmounts = LineAmounts.Net;
        var rates = new Dictionary<decimal, Guid?>();
        foreach (var line in lines)
        {
            if (context.UsesTax && !rates.ContainsKey(line.Percent)) rates[line.Percent] = await NameMatch.TaxRateAsync(db, item, line.Percent, context, cancellationToken);
            var rate = line.HasPlainRate ? rates.GetValueOrDefault(line.Percent) : null;
            var computed = LineMath.Amounts(line.Quantity, line.UnitPrice, LineAmounts.Net, rate is null ? null : line.Percent, typedTax: null).Tax;
            // Where the business computes tax by the rate, the paper's penny more or less is not kept.
            var isTyped = context.UsesTax && line.Tax != computed && (rate is null || context.TaxSource is not TaxSource.Rate);
            item.Lines.Add(new ItemLine
            {
                BusinessId = item.BusinessId, ItemId = item.Id, Position = item.Lines.Count, Description = line.Description,
                Quantity = line.Quantity, UnitPrice = line.UnitPrice, TaxRateId = rate, IsTaxTyped = isTyped, Tax = isTyped ? line.Tax : 0,
            });
        }

        db.AddRange(item.Lines);
    }

    /// <summary>Takes lines that were just given back where, settled, they do not come to the total.</summary>
    public static void DropIfOut(DextSageDb db, Item item, ReviewContext context)
    {
        if (item.Lines.Count == 0 || LineMath.OutBy(item.Total, item.Lines.Select(l => l.Gross)) == 0) return;
        db.RemoveRange(item.Lines);
        item.Lines.Clear();
        ItemDefaults.SettleTax(item, context);
    }
}
