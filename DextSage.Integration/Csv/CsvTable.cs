using CsvHelper;

namespace DextSage.Integration.Csv;

/// <param name="Number">From 1, as a spreadsheet counts; the headings are line 1.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>What stands in a column, without the spaces around it; null for nothing.</summary>
    public string? Cell(int? column) => column is { } at && at < Cells.Count && !string.IsNullOrWhiteSpace(Cells[at]) ? Cells[at].Trim() : null;
}

/// <summary>A small CSV file in memory: headings once, then lines. Nothing in a cell is taken for more than text.</summary>
public sealed record CsvTable(IReadOnlyList<string> Headings, IReadOnlyList<CsvLine> Lines)
{
    public const int LargestFile = 1024 * 1024;
    public const int MostLines = 20_000;

    /// <summary>A spreadsheet in a country with decimal commas saves semicolons.</summary>
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <param name="bytes">The file.</param>
    /// <param name="problem">Why there is no table, as a sentence; null where there is one.</param>
    public static CsvTable? Read(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        problem = null;
        if (bytes.Length > LargestFile) problem = "The file is larger than 1 MB. Split it, and import the parts one after the other.";
        else if (CsvText.Decode(bytes) is not { } text) problem = "The file is not text. Save it as CSV (UTF-8), and choose it again.";
        else
        {
            var table = Read(text, Delimiters.MaxBy(d => CsvText.FirstLine(text).Count(letter => letter == d)), ref problem);
            if (problem is not null) return null;
            if (table.Lines.Count > 0) return table;
            problem = "The file has no lines below its headings.";
        }
        return null;
    }

    /// <summary>Rows as they were copied from a spreadsheet, which may have no headings at all.</summary>
    /// <param name="problem">Why they cannot be told apart, as a sentence; null where they can.</param>
    public static IReadOnlyList<CsvLine> ReadRows(string text, out string? problem)
    {
        problem = text.Length > LargestFile ? "That is more than 1 MB. Paste it in parts." : text.Contains('\0', StringComparison.Ordinal) ? "That is not text." : null;
        return problem is null ? Rows(text, DelimiterOf(text), ref problem) : [];
    }

    // What a spreadsheet copies has tabs; what was copied out of a CSV file has not, but within quotation marks.
    private static char DelimiterOf(string text)
    {
        var bare = string.Concat(text.Split('"').Where((_, at) => at % 2 == 0));
        return bare.Contains('\t', StringComparison.Ordinal) ? '\t' : Delimiters.MaxBy(d => bare.Count(letter => letter == d));
    }

    private static CsvTable Read(string text, char delimiter, ref string? problem)
    {
        var lines = Rows(text, delimiter, ref problem);
        return lines.Count == 0 ? new CsvTable([], []) : new CsvTable([.. lines[0].Cells.Select(h => h.Trim())], lines[1..]);
    }

    private static List<CsvLine> Rows(string text, char delimiter, ref string? problem)
    {
        var unclosed = false;
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = LargestFile * 2,
            OnMalformedRecord = record => unclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        });
        List<CsvLine> lines = [];
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var place = 0; place < cells.Length; place++) cells[place] = reader.GetString(place);
            if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
            if (lines.Count > MostLines)
            {
                problem = $"The file has more than {MostLines:N0} lines. Split it, and import the parts one after the other.";
                break;
            }
            lines.Add(new CsvLine((int)reader.LineNumber, cells));
        }
        if (unclosed) problem = "A quotation mark in the file is never closed, so its lines cannot be told apart.";
        return lines;
    }
}
