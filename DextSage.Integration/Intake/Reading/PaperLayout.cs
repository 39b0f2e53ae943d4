using UglyToad.PdfPig.Content;

namespace DextSage.Integration.Intake.Reading;

/// <summary>Makes lines and cells of the words of a page.</summary>
internal static class PaperLayout
{
    private const int MostWords = 20_000;

    public static void Read(Page page, List<IReadOnlyList<PaperCell>> lines)
    {
        var sheet = new PageSize(page.Width, page.Height);
        var words = page.GetWords()
            .Where(word => word.TextOrientation == TextOrientation.Horizontal && !string.IsNullOrWhiteSpace(word.Text))
            .Take(MostWords)
            .Select(Word)
            .Where(word => double.IsFinite(word.Left) && double.IsFinite(word.Right) && double.IsFinite(word.Baseline));
        Read(words, page.Number, sheet, lines);
    }

    public static void Read(IEnumerable<PaperWord> words, int page, PageSize sheet, List<IReadOnlyList<PaperCell>> lines)
    {
        var line = new List<PaperWord>();
        foreach (var word in words.OrderByDescending(word => word.Baseline))
        {
            if (line.Count > 0 && line[0].Baseline - word.Baseline > 0.4 * Math.Min(line[0].Size, word.Size))
            {
                lines.Add(Cells(line, page, lines.Count, sheet));
                line = [];
            }

            line.Add(word);
        }

        if (line.Count > 0) lines.Add(Cells(line, page, lines.Count, sheet));
    }

    private static PaperWord Word(Word word)
    {
        var first = word.Letters[0];
        var size = first.PointSize is > 2 and < 200 ? first.PointSize : Math.Max(4, word.BoundingBox.Height);
        return new PaperWord(word.Text, Folding.Fold(word.Text), word.BoundingBox.Left, word.BoundingBox.Right, first.StartBaseLine.Y, size);
    }

    /// <summary>A gap as wide as the text is high is no space between words.</summary>
    private static List<PaperCell> Cells(List<PaperWord> line, int page, int number, PageSize sheet)
    {
        var cells = new List<PaperCell>();
        var words = new List<PaperWord>();
        foreach (var word in line.OrderBy(word => word.Left))
        {
            if (words.Count > 0 && word.Left - words[^1].Right > 0.9 * Math.Min(word.Size, words[^1].Size))
            {
                cells.Add(new PaperCell(page, number, words, sheet));
                words = [];
            }

            words.Add(word);
        }

        cells.Add(new PaperCell(page, number, words, sheet));
        return cells;
    }
}
