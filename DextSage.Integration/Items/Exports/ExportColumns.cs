using System.Globalization;
using System.Text.RegularExpressions;

namespace DextSage.Integration.Items.Exports;

/// <summary>An item as it is exported.</summary>
internal sealed record ExportItem(
    Guid Id, string Code, string? DextReceiptId, ItemType Type, ItemStatus Status, DateOnly? Date, DateOnly? DueDate, string? Reference, string? Supplier, string? Category, string? Customer,
    string? Class, string? Location, decimal? Tax, string? TaxName, decimal? TaxPercentage, decimal? Total, string? Currency, decimal? ExchangeRate,
    Guid OwnerId, string? Note, string? Description, Guid? DocumentId, string? Sha256, string? FileName)
{
    /// <summary>Dext's own id of what came from there; otherwise our Item ID.</summary>
    public string ReceiptId => DextReceiptId ?? Code;
}

/// <summary>What the columns depend on besides the items.</summary>
/// <param name="HasTaxList">People choose a tax rate on each item: three more columns.</param>
/// <param name="HasLocation">Two kinds of tracking are in use: a second column for them.</param>
/// <param name="ImageLink">The address of a document.</param>
internal sealed record ExportSetting(string BaseCurrency, bool HasTaxList, bool HasLocation, IReadOnlyDictionary<Guid, string> Owners, Func<Guid, string> ImageLink);

/// <summary>Dext's columns, with its headings and in its order.</summary>
internal sealed partial class ExportColumns
{
    private readonly List<(string Heading, Func<ExportItem, ExportCell> Cell)> columns;

    public ExportColumns(ExportSetting setting)
    {
        columns =
        [
            ("Receipt ID", i => ExportCell.Of(i.ReceiptId)),
            ("Type", i => ExportCell.Of(Words(i.Type))),
            ("Date", i => ExportCell.Of(i.Date)),
            ("Due Date", i => ExportCell.Of(i.DueDate)),
            ("Invoice Number", i => ExportCell.Of(i.Reference)),
            ("Supplier", i => ExportCell.Of(i.Supplier)),
            ("Category", i => ExportCell.Of(Category(i))),
            ("Customer", i => ExportCell.Of(i.Customer)),
            ("Project", i => ExportCell.Of(i.Class)),
            .. When(setting.HasLocation, ("Project 2", i => ExportCell.Of(i.Location))),
            // Items know how they were paid only in Sage.
            ("Payment Method", _ => default),
            ("Bank Account", _ => default),
            ("Tax", i => ExportCell.Amount(i.Tax)),
            .. When(setting.HasTaxList,
                ("Tax Name", i => ExportCell.Of(i.TaxName)),
                ("Tax Code", _ => default),
                ("Tax Percentage", i => ExportCell.Of(i.TaxPercentage))),
            ("Total", i => ExportCell.Amount(i.Total)),
            ("Currency", i => ExportCell.Of(i.Currency)),
            ($"Tax ({setting.BaseCurrency})", i => ExportCell.Amount(InBase(i.Tax, i, setting))),
            ($"Total ({setting.BaseCurrency})", i => ExportCell.Amount(InBase(i.Total, i, setting))),
            ("Status", i => ExportCell.Of(i.Status is ItemStatus.Processing ? "processing" : "processed")),
            ("Owner", i => ExportCell.Of(setting.Owners.GetValueOrDefault(i.OwnerId))),
            ("Note", i => ExportCell.Of(i.Note)),
            ("Description", i => ExportCell.Of(i.Description)),
            ("Image", i => ExportCell.Of(i.DocumentId is { } document ? setting.ImageLink(document) : null)),
        ];
    }

    public IEnumerable<string> Headings => columns.Select(c => c.Heading);

    public IEnumerable<ExportCell> Cells(ExportItem item) => columns.Select(c => c.Cell(item));

    /// <summary>Dext's words.</summary>
    private static string Words(ItemType type) => type switch
    {
        ItemType.CreditNote => "Credit note",
        ItemType.SalesInvoice => "Sales invoice",
        ItemType.ExpenseClaim => "Expense claim",
        _ => type.ToString(),
    };

    // Whoever reads an export takes a rate in brackets off the category, as Dext writes one there: what ends like one gets one that can be taken off.
    private static string? Category(ExportItem item) => item.Category is { } name && EndsLikeARate.IsMatch(name)
        ? $"{name} ({(item.TaxPercentage ?? 0).ToString("0.####", CultureInfo.InvariantCulture)}%)"
        : item.Category;

    private static decimal? InBase(decimal? amount, ExportItem item, ExportSetting setting) =>
        item.Currency is null || item.Currency == setting.BaseCurrency ? amount
        : amount * item.ExchangeRate is { } restated ? decimal.Round(restated, 2, MidpointRounding.AwayFromZero) : null;

    private static IEnumerable<(string, Func<ExportItem, ExportCell>)> When(bool isSo, params IEnumerable<(string, Func<ExportItem, ExportCell>)> columns) => isSo ? columns : [];

    [GeneratedRegex(@"\s+\(\d{1,3}(?:[.,]\d{1,4})?\s?%\)\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EndsLikeARate { get; }
}
