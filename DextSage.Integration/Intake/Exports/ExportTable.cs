using CsvHelper;
using DextSage.Integration.Csv;

namespace DextSage.Integration.Intake.Exports;

/// <summary>The table in an export's text: headings once, then rows.</summary>
internal static class ExportTable
{
    /// <summary>Dext writes commas; a spreadsheet in a country with decimal commas saves semicolons.</summary>
    private static readonly char[] Delimiters = [',', ';', '\t'];

    public static bool Recognises(string firstLine) => firstLine.AsSpan().ContainsAny(Delimiters) && HeadingsOf(firstLine).Headings.AreDexts;

    /// <param name="chosen">Where each column is, where a person said so.</param>
    public static DextExportResult Read(string text, IReadOnlyDictionary<ExportColumn, int>? chosen, CancellationToken cancellation)
    {
        var (delimiter, headings) = HeadingsOf(text);
        if (chosen is not null) headings = new ExportHeadings(headings.All, chosen);
        var result = !headings.AreDexts ? new DextExportResult([], [ExportProblems.NotADextExport(headings.All)])
            : headings.Twice is { } heading ? new DextExportResult([], [ExportProblems.HeadingTwice(heading)])
            : ReadRows(text, delimiter, headings, cancellation);
        return result with { Headings = headings.All, Columns = headings.Places };
    }

    private static (char Delimiter, ExportHeadings Headings) HeadingsOf(string text) => Delimiters
        .Select(delimiter => (delimiter, new ExportHeadings(FirstRow(text, delimiter))))
        .MaxBy(candidate => (candidate.Item2.Known, candidate.Item2.Count));

    private static string[] FirstRow(string text, char delimiter)
    {
        using var reader = CsvReader.FromText(CsvText.FirstLine(text), Options(delimiter));
        return reader.Read() ? Cells(reader) : [];
    }

    private static DextExportResult ReadRows(string text, char delimiter, ExportHeadings headings, CancellationToken cancellation)
    {
        var rows = new ExportRows(headings);
        var unclosed = false;
        using var reader = CsvReader.FromText(text, Options(delimiter) with
        {
            OnMalformedRecord = record => unclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        });
        for (var count = -1; reader.Read(); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (count >= DextExport.MaxRows) return new DextExportResult([], [ExportProblems.TooManyRows()]);
            if (unclosed) rows.Unclosed((int)reader.LineNumber);
            else if (count >= 0) rows.Add((int)reader.LineNumber, Cells(reader));
        }

        return rows.Result();
    }

    private static string[] Cells(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var place = 0; place < cells.Length; place++) cells[place] = reader.GetString(place);
        return cells;
    }

    /// <summary>Nothing in a cell is taken for more than text: no trimming, no comments, no formulas; a stray quotation mark is kept.</summary>
    private static CsvReaderOptions Options(char delimiter) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrackLineNumbers = true,
        MaxRecordSize = DextExport.MaxBytes * 2,
    };
}
