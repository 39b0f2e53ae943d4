using System.Globalization;
using DextSage.Integration.Csv;

namespace DextSage.Integration.Items.Exports;

/// <summary>What stands in a cell: text that came from somewhere, or a number or a date of our own making.</summary>
internal readonly record struct ExportCell(string? Text, decimal? Number, DateOnly? Date, bool IsAmount)
{
    public static ExportCell Of(string? text) => new(text, null, null, IsAmount: false);

    public static ExportCell Of(DateOnly? date) => new(null, null, date, IsAmount: false);

    /// <summary>With two decimals.</summary>
    public static ExportCell Amount(decimal? amount) => new(null, amount, null, IsAmount: true);

    /// <summary>With the decimals that it has.</summary>
    public static ExportCell Of(decimal? number) => new(null, number, null, IsAmount: false);

    /// <summary>As it stands in a CSV: only text can be taken for a formula, and is guarded.</summary>
    public string InCsv => this switch
    {
        { Text: { } text } => FormulaGuard.Neutralise(text),
        { Number: { } number } => number.ToString(IsAmount ? "0.00" : "0.####", CultureInfo.InvariantCulture),
        { Date: { } date } => date.ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture),
        _ => "",
    };
}
