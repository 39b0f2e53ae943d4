using System.Globalization;
using DextSage.Integration.Csv;

namespace DextSage.Integration.Items;

/// <summary>One pasted row: the texts as they stood, the numbers as they were meant.</summary>
/// <param name="Number">From 1, as it was pasted.</param>
public sealed record PastedRow(int Number)
{
    public string? Description { get; init; }
    public string? Category { get; init; }
    public string? Product { get; init; }
    public string? Class { get; init; }
    public string? Location { get; init; }
    public string? TaxRate { get; init; }
    public decimal? Quantity { get; init; }
    public decimal? UnitPrice { get; init; }
    public decimal? Amount { get; init; }
    public decimal? Net { get; init; }
    public decimal? Tax { get; init; }
    public decimal? Gross { get; init; }
}

/// <summary>Rows copied from a spreadsheet, with tabs or commas, with headings or without.</summary>
/// <param name="Problems">What cannot be read, a sentence each, by row and column. With any, no row counts.</param>
/// <param name="Notes">What was left out, a sentence each.</param>
public sealed record PastedRows(IReadOnlyList<PastedRow> Rows, IReadOnlyList<string> Problems, IReadOnlyList<string> Notes)
{
    private const int MostProblems = 20;

    public static PastedRows Read(string text)
    {
        var lines = CsvTable.ReadRows(text, out var problem);
        if (problem is not null) return new([], [problem], []);
        if (lines.Count == 0) return new([], ["There is nothing to paste yet."], []);
        var headings = Headings(lines[0].Cells);
        List<string> notes = [];
        IReadOnlyList<PastedColumn?> columns;
        if (headings is not null)
        {
            columns = headings;
            for (var at = 0; at < headings.Count; at++)
                if (headings[at] is null && lines[0].Cell(at) is { } unknown) notes.Add($"Column {Letter(at)}, ‘{unknown}’, is not used.");
            if (columns.OfType<PastedColumn>().GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice) return new([], [$"Two columns are called {twice.Key.Name()}. Leave one of them out."], notes);
            lines = [.. lines.Skip(1)];
            if (lines.Count == 0) return new([], ["There are headings, and no lines below them."], notes);
        }
        else
        {
            var count = lines.Max(l => l.Cells.Count);
            if (PastedHeadings.ByCount(count) is not { } meant)
                return new([], [$"What these {count} columns hold cannot be told. Copy them with their headings, such as Description, Quantity, Unit price, Category and Tax rate."], []);
            columns = [.. meant.Select(c => (PastedColumn?)c)];
        }
        if (lines.Count > ItemLimits.Lines) return new([], [$"These are {lines.Count} rows; an item has at most {ItemLimits.Lines} lines."], notes);

        List<string> problems = [];
        var rows = lines.Select(l => Row(l, columns, problems)).ToList();
        if (problems.Count > MostProblems) problems = [.. problems.Take(MostProblems), $"And {problems.Count - MostProblems} more."];
        return problems.Count == 0 ? new(rows, [], notes) : new([], problems, notes);
    }

    // Headings are words: half of them known, and no number among them.
    private static List<PastedColumn?>? Headings(IReadOnlyList<string> cells)
    {
        var filled = cells.Count(c => !string.IsNullOrWhiteSpace(c));
        var columns = cells.Select(PastedHeadings.Meaning).ToList();
        return columns.Count(c => c is not null) * 2 >= Math.Max(filled, 1) && !cells.Any(c => Number(c) is (not null, null)) ? columns : null;
    }

    private static PastedRow Row(CsvLine line, IReadOnlyList<PastedColumn?> columns, List<string> problems)
    {
        var before = problems.Count;
        var row = new PastedRow(line.Number)
        {
            Description = Text(PastedColumn.Description, ItemLimits.Description), Category = Text(PastedColumn.Category), Product = Text(PastedColumn.Product),
            Class = Text(PastedColumn.Class), Location = Text(PastedColumn.Location), TaxRate = Text(PastedColumn.TaxRate),
            Quantity = Read(PastedColumn.Quantity, 4), UnitPrice = Read(PastedColumn.UnitPrice, 4), Amount = Read(PastedColumn.Amount, 2),
            Net = Read(PastedColumn.Net, 2), Tax = Read(PastedColumn.Tax, 2), Gross = Read(PastedColumn.Gross, 2),
        };
        if (line.Cells.Count > columns.Count && line.Cells.Skip(columns.Count).Any(c => !string.IsNullOrWhiteSpace(c))) problems.Add($"Row {line.Number} has {line.Cells.Count} columns, more than the others.");
        if (problems.Count == before && row is { UnitPrice: null, Amount: null, Net: null, Gross: null }) problems.Add($"Row {line.Number} has no price and no amount.");
        if (row.Quantity is <= 0) problems.Add($"Row {line.Number}{Where(PastedColumn.Quantity)}: a quantity is more than zero.");
        if (row is { UnitPrice: { } price, Amount: { } amount } && decimal.Round((row.Quantity ?? 1) * price, 2, MidpointRounding.AwayFromZero) != amount)
            problems.Add($"Row {line.Number}{Where(PastedColumn.Amount)}: {row.Quantity ?? 1:0.####} × {price:0.00##} is not {amount:0.00}.");
        return row;

        int? At(PastedColumn column)
        {
            for (var at = 0; at < columns.Count; at++)
                if (columns[at] == column) return at;
            return null;
        }

        string Where(PastedColumn column) => At(column) is { } at ? $", column {Letter(at)} ({column.Name()})" : "";

        string? Text(PastedColumn column, int longest = int.MaxValue)
        {
            var text = line.Cell(At(column));
            if (text?.Length > longest) problems.Add($"Row {line.Number}{Where(column)}: at most {longest} characters, this has {text.Length}.");
            return text;
        }

        decimal? Read(PastedColumn column, int decimals)
        {
            if (line.Cell(At(column)) is not { } text) return null;
            var (number, wrong) = Number(text);
            wrong ??= decimal.Round(number!.Value, decimals) != number ? $"‘{text}’ has more than {decimals} decimals." : Math.Abs(number.Value) > ItemLimits.Amount ? $"‘{text}’ is larger than Sage can hold." : null;
            if (wrong is null) return number;
            problems.Add($"Row {line.Number}{Where(column)}: {wrong}");
            return null;
        }
    }

    /// <summary>A number as spreadsheets show it: 1,234.50, £20, (5.00), 5.00-. One that could be read in two ways is none.</summary>
    internal static (decimal? Value, string? Problem) Number(string text)
    {
        var bare = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c is not ('£' or '€' or '$'))]).Replace('\u2212', '-');
        var isNegative = bare is ['(', .., ')'] or [.., '-'];
        if (bare is ['(', .. var inner, ')']) bare = inner;
        else if (bare is [.. var front, '-']) bare = front;
        var comma = bare.LastIndexOf(',');
        if (comma >= 0 && (bare.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && point < comma || bare.Length - comma - 1 != 3 && bare.IndexOf('.', StringComparison.Ordinal) < 0))
            return (null, $"‘{text}’ could be read in two ways. Use a point before the pence.");
        return decimal.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? (isNegative ? -value : value, null)
            : (null, $"‘{text}’ is not a number.");
    }

    /// <summary>A column as spreadsheets call it.</summary>
    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : $"{(char)('A' + (index / 26) - 1)}{(char)('A' + (index % 26))}";
}
