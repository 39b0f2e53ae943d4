using System.Globalization;
using DextSage.Integration.Intake.Reading;

namespace DextSage.Integration.Intake.Scanning;

/// <summary>
/// Tesseract's TSV (its manual, "tsv"): a row for each page, block, paragraph, line (4) and word (5), with level, page, block, paragraph, line, word, left, top, width, height (pixels from
/// the upper left), confidence (0 to 100, -1 where it is none) and text.
/// </summary>
internal static class TesseractTable
{
    private const int MostWords = 5_000;
    private const int Columns = 12;

    public static IReadOnlyList<PaperWord> Words(string table, PageSize size)
    {
        var words = new List<PaperWord>();
        var line = new List<Row>();
        foreach (var text in table.AsSpan().EnumerateLines())
        {
            if (words.Count > MostWords) break;
            if (Read(text) is not { } row) continue;
            if (row.Level == 4) Flush();
            else if (row.Level == 5 && row.Text.Length > 0) line.Add(row);
        }

        Flush();
        return words;

        // All words of a line stand on one baseline and have one size: a box follows its letters, and an "a" is lower than a "d".
        void Flush()
        {
            if (line.Count == 0) return;
            var heights = line.Select(r => r.Height).Order().ToList();
            var high = heights[heights.Count / 2] * 1.2;
            var bottoms = line.Select(r => r.Top + r.Height).Order().ToList();
            var baseline = size.Height - bottoms[bottoms.Count / 2];
            words.AddRange(line.Select(r => new PaperWord(r.Text, Folding.Fold(r.Text), r.Left, r.Left + r.Width, baseline, high, r.Confidence / 100m)));
            line.Clear();
        }
    }

    private static Row? Read(ReadOnlySpan<char> row)
    {
        Span<Range> parts = stackalloc Range[Columns + 1];
        if (row.Split(parts, '\t') != Columns) return null;
        if (!Int(row[parts[0]], out var level) || !Int(row[parts[6]], out var left) || !Int(row[parts[7]], out var top) || !Int(row[parts[8]], out var width) || !Int(row[parts[9]], out var height)) return null;
        if (!decimal.TryParse(row[parts[10]], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var confidence)) return null;
        return new Row(level, left, top, Math.Max(1, width), Math.Max(1, height), Math.Clamp(confidence, 0, 100), row[parts[11]].Trim().ToString());
    }

    private static bool Int(ReadOnlySpan<char> text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < 1_000_000;

    private sealed record Row(int Level, int Left, int Top, int Width, int Height, decimal Confidence, string Text);
}
