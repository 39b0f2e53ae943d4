using System.Globalization;
using System.Text.RegularExpressions;

namespace DextSage.Integration.Intake.Exports;

/// <summary>Makes rows of cells, and problems of what cannot be read.</summary>
internal sealed partial class ExportRows(ExportHeadings headings)
{
    private readonly List<DextExportRow> rows = [];
    private readonly List<DextExportProblem> problems = [];
    private readonly Dictionary<string, int> lineOf = new(StringComparer.Ordinal);

    public DextExportResult Result() => new(rows, problems);

    public void Add(int line, string[] cells)
    {
        if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) return;
        var surplus = cells.Skip(headings.Count).Any(cell => !string.IsNullOrWhiteSpace(cell));
        if (cells.Length < headings.Count || surplus)
        {
            problems.Add(ExportProblems.WrongNumberOfCells(line, cells.Length, headings.Count));
            return;
        }

        if (IdOf(line, cells) is { } id) rows.Add(Row(line, id, cells));
    }

    public void Unclosed(int line) => problems.Add(ExportProblems.BrokenQuoting(line));

    private string? IdOf(int line, string[] cells)
    {
        var column = headings.Heading(ExportColumn.ReceiptId);
        if (headings.Cell(cells, ExportColumn.ReceiptId)?.Trim() is not { } id)
            problems.Add(ExportProblems.ReceiptIdMissing(line, column));
        else if (!Id.IsMatch(id))
            problems.Add(ExportProblems.ReceiptIdUnreadable(line, column, id));
        else if (!lineOf.TryAdd(id, line))
            problems.Add(ExportProblems.ReceiptIdTwice(line, column, id, lineOf[id]));
        else
            return id;
        return null;
    }

    private DextExportRow Row(int line, string id, string[] cells)
    {
        string? Text(ExportColumn column) => headings.Cell(cells, column);
        DateOnly? Day(ExportColumn column) => Read(line, cells, column, ReadDate, ExportProblems.DateUnreadable);
        decimal? Amount(ExportColumn column) => Read(line, cells, column, ExportAmount.Read, ExportProblems.AmountUnreadable);

        return new DextExportRow(line, id)
        {
            Type = Text(ExportColumn.Type),
            Date = Day(ExportColumn.Date),
            DueDate = Day(ExportColumn.DueDate),
            Reference = Text(ExportColumn.Reference),
            Supplier = Text(ExportColumn.Supplier),
            Category = Text(ExportColumn.Category) is { } category ? RateBehind.Replace(category, "") : null,
            Customer = Text(ExportColumn.Customer),
            Project = Text(ExportColumn.Project),
            Project2 = Text(ExportColumn.Project2),
            PaymentMethod = Text(ExportColumn.PaymentMethod),
            BankAccount = Text(ExportColumn.BankAccount),
            Tax = Amount(ExportColumn.Tax),
            TaxName = Text(ExportColumn.TaxName),
            TaxCode = Text(ExportColumn.TaxCode),
            TaxPercentage = Read(line, cells, ExportColumn.TaxPercentage, ExportAmount.ReadPercentage, ExportProblems.AmountUnreadable),
            Total = Amount(ExportColumn.Total),
            Currency = CurrencyOf(line, cells),
            BaseTax = Amount(ExportColumn.BaseTax),
            BaseTotal = Amount(ExportColumn.BaseTotal),
            BaseCurrency = headings.BaseCurrency,
            Status = Text(ExportColumn.Status),
            Owner = Text(ExportColumn.Owner),
            Note = Text(ExportColumn.Note),
            Description = Text(ExportColumn.Description),
            ImageLink = Text(ExportColumn.ImageLink),
        };
    }

    private T? Read<T>(int line, string[] cells, ExportColumn column, Func<string, T?> read, Func<int, string, string, DextExportProblem> problem)
        where T : struct
    {
        if (headings.Cell(cells, column) is not { } cell) return null;
        var value = read(cell.Trim());
        if (value is null) problems.Add(problem(line, headings.Heading(column), cell));
        return value;
    }

    private string? CurrencyOf(int line, string[] cells)
    {
        if (headings.Cell(cells, ExportColumn.Currency) is not { } cell) return null;
        if (cell.Trim() is { Length: 3 } code && code.All(char.IsAsciiLetter)) return code.ToUpperInvariant();
        problems.Add(ExportProblems.CurrencyUnreadable(line, headings.Heading(ExportColumn.Currency), cell));
        return null;
    }

    private static DateOnly? ReadDate(string cell) =>
        DateOnly.TryParseExact(cell, ["d-MMM-yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"^[0-9A-Za-z_-]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex Id { get; }

    [GeneratedRegex(@"\s+\(\d{1,3}(?:[.,]\d{1,4})?\s?%\)\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RateBehind { get; }
}
