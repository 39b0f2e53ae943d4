using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace DextSage.Integration.Intake.Reading;

/// <summary>A word as printed, and folded for comparing. Geometry is PdfPig's: points, from the lower left corner.</summary>
/// <param name="Confidence">1 of a text layer, which says what it says; less of what was read from a picture.</param>
internal sealed record PaperWord(string Text, string Folded, double Left, double Right, double Baseline, double Size, decimal Confidence = 1);

/// <summary>Words that stand together on a line, set off from their neighbours by a gap.</summary>
internal sealed record PaperCell(int Page, int Line, IReadOnlyList<PaperWord> Words, PageSize Sheet)
{
    public double Left => Words[0].Left;

    public double Right => Words[^1].Right;

    public double Baseline => Words[0].Baseline;

    public double Size { get; } = Words.Max(word => word.Size);

    public string Text { get; } = string.Join(' ', Words.Select(word => word.Text));

    /// <summary>0 at the top of the page, 1 at its foot.</summary>
    public double Depth => 1 - (Baseline / Sheet.Height);

    /// <summary>Shares some of its width with the other, or begins where it begins.</summary>
    public bool IsInColumnOf(PaperCell other) =>
        Math.Abs(Left - other.Left) < 6 || Math.Abs(Right - other.Right) < 6 || (Left < other.Right && other.Left < Right);

    public PageBox Box()
    {
        static decimal Fraction(double value) => decimal.Round((decimal)Math.Clamp(value, 0, 1), 4);
        return new PageBox(
            Fraction(Left / Sheet.Width),
            Fraction(1 - ((Baseline + Size) / Sheet.Height)),
            Fraction((Right - Left) / Sheet.Width),
            Fraction(Size * 1.3 / Sheet.Height));
    }
}

internal sealed record PageSize(double Width, double Height);

/// <summary>A document's text as a reader sees it: lines of cells, from the top of the first page down.</summary>
internal sealed class Paper
{
    private Paper(IReadOnlyList<IReadOnlyList<PaperCell>> lines)
    {
        Lines = lines;
        Cells = [.. lines.SelectMany(line => line)];
        Labels = [.. Cells.SelectMany(LabelFinder.In)];
    }

    public IReadOnlyList<IReadOnlyList<PaperCell>> Lines { get; }

    public IReadOnlyList<PaperCell> Cells { get; }

    /// <summary>Every label on the paper, in reading order.</summary>
    public IReadOnlyList<PaperLabel> Labels { get; }

    public static Paper From(PdfDocument document, IEnumerable<int> pages)
    {
        var lines = new List<IReadOnlyList<PaperCell>>();
        foreach (var number in pages) PaperLayout.Read(document.GetPage(number), lines);
        return new Paper(lines);
    }

    /// <summary>Of words that were read from pictures.</summary>
    public static Paper From(IEnumerable<(int Page, PageSize Size, IReadOnlyList<PaperWord> Words)> pages)
    {
        var lines = new List<IReadOnlyList<PaperCell>>();
        foreach (var (page, size, words) in pages) PaperLayout.Read(words, page, size, lines);
        return new Paper(lines);
    }

    /// <summary>The lines as they stand, up to so many characters.</summary>
    public string Text(int most)
    {
        var text = new StringBuilder();
        foreach (var line in Lines)
        {
            if (text.Length >= most) break;
            text.AppendJoin("  ", line.Select(cell => cell.Text)).Append('\n');
        }

        // Broken fonts give halves of surrogate pairs, and signs that control a screen.
        var whole = new string([.. text.ToString(0, Math.Min(text.Length, most)).Where(c => !char.IsSurrogate(c) && (c == '\n' || !char.IsControl(c)))]);
        return whole.Trim();
    }

    /// <summary>The cell to the right on the same line.</summary>
    public PaperCell? RightOf(PaperCell cell) => Lines[cell.Line].FirstOrDefault(other => other.Left >= cell.Right);

    /// <summary>The nearest cell below in the same column, not further than a few lines.</summary>
    public PaperCell? Below(PaperCell cell)
    {
        for (var line = cell.Line + 1; line < Lines.Count && line <= cell.Line + 6; line++)
        {
            if (Lines[line][0].Page != cell.Page || cell.Baseline - Lines[line][0].Baseline > cell.Size * 4) return null;
            if (Lines[line].FirstOrDefault(other => other.IsInColumnOf(cell)) is { } below) return below;
        }

        return null;
    }
}
