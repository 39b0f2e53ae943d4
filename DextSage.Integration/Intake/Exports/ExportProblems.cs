using System.Globalization;
using System.Text;

namespace DextSage.Integration.Intake.Exports;

/// <summary>Every sentence about a Dext export.</summary>
internal static class ExportProblems
{
    private const int LongestCellShown = 40;

    public static DextExportProblem TooLarge() => File(DextExportRule.TooLarge,
        $"The export is larger than {DextExport.MaxBytes / (1024 * 1024)} MB. Export a shorter period at a time.");

    public static DextExportProblem TooManyRows() => File(DextExportRule.TooManyRows,
        string.Create(CultureInfo.InvariantCulture, $"The export has more than {DextExport.MaxRows:N0} rows. Export a shorter period at a time."));

    public static DextExportProblem NotText() => File(DextExportRule.NotText,
        "The export is not UTF-8 text. Export it from Dext again and add it as it comes, without opening and saving it in another program.");

    public static DextExportProblem NotADextExport(IEnumerable<string> headings)
    {
        var found = string.Join(", ", headings.Where(heading => !string.IsNullOrWhiteSpace(heading)).Take(6).Select(Shown));
        return File(DextExportRule.NotADextExport,
            $"This is not a CSV that Dext exports: its first line should name Receipt ID (or Item ID) and at least two of {ExportHeadings.Expected}"
            + (found.Length == 0 ? ", but it names nothing." : $", but it begins with {found}."));
    }

    public static DextExportProblem HeadingTwice(string heading) => new(1, heading, DextExportRule.HeadingTwice,
        $"Line 1 has two columns for {Shown(heading)}; which one counts cannot be told, so nothing was read.", DropsRow: true);

    public static DextExportProblem WrongNumberOfCells(int line, int cells, int headings) => Row(line, null, DextExportRule.WrongNumberOfCells,
        string.Create(CultureInfo.InvariantCulture, $"Line {line} has {cells} cells where the headings name {headings}; look for a quotation mark that is not closed."));

    public static DextExportProblem BrokenQuoting(int line) => Row(line, null, DextExportRule.BrokenQuoting,
        string.Create(CultureInfo.InvariantCulture, $"Line {line} opens a quotation mark that is never closed, so it and the rest of the file could not be read."));

    public static DextExportProblem ReceiptIdMissing(int line, string column) => Row(line, column, DextExportRule.ReceiptIdMissing,
        string.Create(CultureInfo.InvariantCulture, $"Line {line} has no {column}, so it cannot be told from other items."));

    public static DextExportProblem ReceiptIdUnreadable(int line, string column, string cell) => Row(line, column, DextExportRule.ReceiptIdUnreadable,
        string.Create(CultureInfo.InvariantCulture, $"Line {line}, {column}: {Shown(cell)} is not an id that Dext gives; ids are digits, and spreadsheets turn long ones into 1.2E+10."));

    public static DextExportProblem ReceiptIdTwice(int line, string column, string id, int firstLine) => Row(line, column, DextExportRule.ReceiptIdTwice,
        string.Create(CultureInfo.InvariantCulture, $"Line {line}, {column}: {Shown(id)} is on line {firstLine} already; the first one was taken."));

    public static DextExportProblem AmountUnreadable(int line, string column, string cell) => Cell(line, column, DextExportRule.AmountUnreadable,
        string.Create(CultureInfo.InvariantCulture, $"Line {line}, {column}: {Shown(cell)} is not an amount that can be read in one way only, so it stays empty."));

    public static DextExportProblem DateUnreadable(int line, string column, string cell) => Cell(line, column, DextExportRule.DateUnreadable,
        string.Create(CultureInfo.InvariantCulture, $"Line {line}, {column}: {Shown(cell)} is not a date like 20-Aug-2026, so it stays empty."));

    public static DextExportProblem CurrencyUnreadable(int line, string column, string cell) => Cell(line, column, DextExportRule.CurrencyUnreadable,
        string.Create(CultureInfo.InvariantCulture, $"Line {line}, {column}: {Shown(cell)} is not a currency code of three letters, so it stays empty."));

    private static DextExportProblem File(DextExportRule rule, string sentence) => new(null, null, rule, sentence, DropsRow: true);

    private static DextExportProblem Row(int line, string? column, DextExportRule rule, string sentence) => new(line, column, rule, sentence, DropsRow: true);

    private static DextExportProblem Cell(int line, string column, DextExportRule rule, string sentence) => new(line, column, rule, sentence, DropsRow: false);

    private static string Shown(string cell)
    {
        var text = new StringBuilder();
        foreach (var rune in cell.EnumerateRunes())
        {
            if (text.Length >= LongestCellShown) { text.Append('…'); break; }
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)) text.Append(rune);
        }

        return $"“{text}”";
    }
}
