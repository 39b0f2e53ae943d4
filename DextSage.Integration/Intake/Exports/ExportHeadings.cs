using System.Text.RegularExpressions;
using DextSage.Integration.Csv;

namespace DextSage.Integration.Intake.Exports;

/// <summary>What Dext exports of an item, a column each.</summary>
public enum ExportColumn
{
    ReceiptId, Type, Date, DueDate, Reference, Supplier, Category, Customer, Project, Project2, PaymentMethod, BankAccount,
    Tax, TaxName, TaxCode, TaxPercentage, Total, Currency, BaseTax, BaseTotal, Status, Owner, Note, Description, ImageLink,
}

/// <summary>Which column of the file holds what: of both layouts, and of Submission history.</summary>
internal sealed partial class ExportHeadings
{
    public const string Expected = "Type, Date, Supplier, Total and Status";

    private static readonly ExportColumn[] Telling =
        [ExportColumn.Type, ExportColumn.Date, ExportColumn.Supplier, ExportColumn.Total, ExportColumn.Status];

    private static readonly Dictionary<string, ExportColumn> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Receipt ID"] = ExportColumn.ReceiptId,
        ["Item ID"] = ExportColumn.ReceiptId,
        ["Type"] = ExportColumn.Type,
        ["Date"] = ExportColumn.Date,
        ["Due Date"] = ExportColumn.DueDate,
        ["Invoice Number"] = ExportColumn.Reference,
        ["Document reference"] = ExportColumn.Reference,
        ["Supplier"] = ExportColumn.Supplier,
        ["Category"] = ExportColumn.Category,
        ["Customer"] = ExportColumn.Customer,
        ["Project"] = ExportColumn.Project,
        ["Project 2"] = ExportColumn.Project2,
        ["Payment Method"] = ExportColumn.PaymentMethod,
        ["Bank Account"] = ExportColumn.BankAccount,
        ["Tax"] = ExportColumn.Tax,
        ["Tax Amount"] = ExportColumn.Tax,
        ["Tax Name"] = ExportColumn.TaxName,
        ["Tax Code"] = ExportColumn.TaxCode,
        ["Tax Percentage"] = ExportColumn.TaxPercentage,
        ["Total"] = ExportColumn.Total,
        ["Total Amount"] = ExportColumn.Total,
        ["Currency"] = ExportColumn.Currency,
        ["Status"] = ExportColumn.Status,
        ["Owner"] = ExportColumn.Owner,
        ["Document owner"] = ExportColumn.Owner,
        ["Submitted by"] = ExportColumn.Owner,
        ["Note"] = ExportColumn.Note,
        ["Description"] = ExportColumn.Description,
        ["Image"] = ExportColumn.ImageLink,
        ["Permalink"] = ExportColumn.ImageLink,
    };

    private readonly Dictionary<ExportColumn, int> places = [];
    private readonly IReadOnlyList<string> headings;

    /// <param name="chosen">Where each column is, where a person said so; the headings have no say then.</param>
    public ExportHeadings(IReadOnlyList<string> headings, IReadOnlyDictionary<ExportColumn, int>? chosen = null)
    {
        this.headings = headings;
        if (chosen is not null)
        {
            foreach (var (column, place) in chosen.Where(c => c.Value >= 0 && c.Value < headings.Count)) places[column] = place;
            foreach (var heading in headings) Column(heading);
            return;
        }
        for (var place = 0; place < headings.Count; place++)
        {
            if (Column(headings[place]) is not { } column) continue;
            if (!places.TryAdd(column, place)) Twice ??= headings[place].Trim();
        }
    }

    /// <summary>ISO code of the account's own currency, from a heading like Total (GBP).</summary>
    public string? BaseCurrency { get; private set; }

    /// <summary>A heading whose column is there already.</summary>
    public string? Twice { get; }

    public int Count => headings.Count;

    public IReadOnlyList<string> All => headings;

    /// <summary>Where each column is, from 0.</summary>
    public IReadOnlyDictionary<ExportColumn, int> Places => places;

    /// <summary>How many headings Dext would write.</summary>
    public int Known => places.Count;

    public bool AreDexts => places.ContainsKey(ExportColumn.ReceiptId) && Telling.Count(places.ContainsKey) >= 2;

    public string Heading(ExportColumn column) => headings[places[column]].Trim();

    /// <summary>The cell as it stands, but for an apostrophe that kept it from being a formula; nothing when the column isn't there or the cell is empty.</summary>
    public string? Cell(string[] row, ExportColumn column) =>
        places.TryGetValue(column, out var place) && place < row.Length && !string.IsNullOrWhiteSpace(row[place]) ? FormulaGuard.Restore(row[place]) : null;

    private ExportColumn? Column(string heading)
    {
        var name = Spaces.Replace(heading.Trim(), " ");
        if (Names.TryGetValue(name, out var column)) return column;
        if (InBaseCurrency.Match(name) is not { Success: true } match) return null;
        BaseCurrency ??= match.Groups["code"].Value.ToUpperInvariant();
        return match.Groups["what"].Value.StartsWith("tax", StringComparison.OrdinalIgnoreCase) ? ExportColumn.BaseTax : ExportColumn.BaseTotal;
    }

    [GeneratedRegex(@"^(?<what>tax|total)(?: amount)? \((?<code>[a-z]{3})\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InBaseCurrency { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces { get; }
}
