using System.Text;
using DextSage.Integration.Intake.Samples;
using UglyToad.PdfPig.Writer;

namespace DextSage.Integration.Intake.Structured;

/// <summary>Pages that are written from the top down; whoever comes to the foot goes on on the next.</summary>
internal sealed class InvoiceSheets(PdfDocumentBuilder document)
{
    public const double Left = SampleSheet.Margin, Right = SampleSheet.Right;
    private const double Top = 790, Foot = 60;
    private const double Average = 0.5;

    /// <summary>Characters that are looked at of one text: more than any is drawn with.</summary>
    private const int Longest = 4_000;

    private static readonly HashSet<char> Writable = FindWritable();
    private SampleSheet? sheet;

    public double Y { get; private set; } = Top;

    public SampleSheet Sheet => sheet ??= new SampleSheet(document, serif: false);

    /// <summary>Moves down, and on to a new page where so much does not fit any more.</summary>
    /// <returns>Whether it is a new page.</returns>
    public bool Down(double by, double needs = 0)
    {
        Y -= by;
        if (Y - needs >= Foot) return false;
        (sheet, Y) = (null, Top);
        return true;
    }

    public void To(double y) => Y = y;

    public void Write(string? text, double x, double size, Ink ink, Face face = Face.Plain, double width = Right - Left) => Sheet.Text(Cut(Plain(text), size, width), x, Y, size, ink, face);

    public void WriteTo(string? text, double right, double size, Ink ink, Face face = Face.Plain, double width = 80) => Sheet.TextTo(Cut(Plain(text), size, width), right, Y, size, ink, face);

    /// <summary>Words over as many lines as they need, up to a few.</summary>
    public void Wrap(string? text, double x, double size, Ink ink, double width, int most)
    {
        var line = new StringBuilder();
        foreach (var word in Plain(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && (line.Length + 1 + word.Length) * size * Average > width)
            {
                if (--most == 0) { line.Append(" ..."); break; }
                Write(line.ToString(), x, size, ink, width: width);
                Down(size * 1.35);
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0) Write(line.ToString(), x, size, ink, width: width);
    }

    /// <summary>In the letters that the standard fonts have: others lose their accents, or are a question mark. An empty text is a space, which can be drawn.</summary>
    private static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var rune in (text ?? "").AsSpan(0, Math.Min(text?.Length ?? 0, Longest)).EnumerateRunes())
        {
            var letter = rune.IsBmp ? (char)rune.Value : '?';
            if (Writable.Contains(letter)) plain.Append(letter);
            else if (char.IsWhiteSpace(letter) || char.IsControl(letter)) plain.Append(' ');
            else if (letter == '€') plain.Append("EUR");
            else if (letter is '’' or '‘') plain.Append('\'');
            else if (letter is '“' or '”') plain.Append('"');
            else if (letter is (>= '\u2010' and <= '\u2015') or '−') plain.Append('-');
            else plain.Append(letter.ToString().Normalize(NormalizationForm.FormD) is [var bare, ..] && Writable.Contains(bare) ? bare : '?');
        }

        return plain.Length == 0 ? " " : plain.ToString();
    }

    private static string Cut(string text, double size, double width)
    {
        var most = Math.Max(4, (int)(width / (size * Average)));
        return text.Length <= most ? text : text[..(most - 3)] + "...";
    }

    private static HashSet<char> FindWritable()
    {
        using var unused = new PdfDocumentBuilder();
        var probe = new SampleSheet(unused, serif: false);
        return [.. Enumerable.Range(0x20, 0x5F).Concat(Enumerable.Range(0xA1, 0x5F)).Select(c => (char)c).Where(probe.CanWrite)];
    }
}
