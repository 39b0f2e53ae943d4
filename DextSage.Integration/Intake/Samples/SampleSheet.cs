using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace DextSage.Integration.Intake.Samples;

internal sealed record Ink(byte Red, byte Green, byte Blue)
{
    public static readonly Ink Black = new(30, 34, 39);
    public static readonly Ink Grey = new(96, 104, 114);
    public static readonly Ink Line = new(214, 219, 225);
    public static readonly Ink White = new(255, 255, 255);

    /// <summary>Thinned with white: 0 is white, 1 the ink itself.</summary>
    public Ink Tint(double strength)
    {
        static byte Mix(byte value, double strength) => (byte)(255 - ((255 - value) * strength));
        return new Ink(Mix(Red, strength), Mix(Green, strength), Mix(Blue, strength));
    }
}

internal enum Face { Plain, Bold, Italic }

/// <summary>An A4 sheet, in points from its lower left corner. The standard 14 fonts need not be embedded.</summary>
internal sealed class SampleSheet
{
    public const double Width = 595, Margin = 50, Right = Width - Margin;

    private readonly PdfPageBuilder page;
    private readonly Dictionary<Face, PdfDocumentBuilder.AddedFont> fonts;

    public SampleSheet(PdfDocumentBuilder document, bool serif)
    {
        page = document.AddPage(PageSize.A4);
        fonts = new Dictionary<Face, PdfDocumentBuilder.AddedFont>
        {
            [Face.Plain] = document.AddStandard14Font(serif ? Standard14Font.TimesRoman : Standard14Font.Helvetica),
            [Face.Bold] = document.AddStandard14Font(serif ? Standard14Font.TimesBold : Standard14Font.HelveticaBold),
            [Face.Italic] = document.AddStandard14Font(serif ? Standard14Font.TimesItalic : Standard14Font.HelveticaOblique),
        };
    }

    public SampleSheet Text(string text, double x, double y, double size, Ink ink, Face face = Face.Plain)
    {
        page.SetTextAndFillColor(ink.Red, ink.Green, ink.Blue);
        page.AddText(text, size, new PdfPoint(x, y), fonts[face]);
        return this;
    }

    /// <summary>Whether its fonts have this letter.</summary>
    public bool CanWrite(char letter)
    {
        try
        {
            return WidthOf(letter.ToString(), 10, Face.Plain) >= 0 && WidthOf(letter.ToString(), 10, Face.Bold) >= 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public SampleSheet TextTo(string text, double right, double y, double size, Ink ink, Face face = Face.Plain) =>
        Text(text, right - WidthOf(text, size, face), y, size, ink, face);

    public SampleSheet Centred(string text, double y, double size, Ink ink, Face face = Face.Plain) =>
        Text(text, (Width - WidthOf(text, size, face)) / 2, y, size, ink, face);

    public SampleSheet Rule(double left, double right, double y, Ink ink, double thickness = 0.75)
    {
        page.SetStrokeColor(ink.Red, ink.Green, ink.Blue);
        page.DrawLine(new PdfPoint(left, y), new PdfPoint(right, y), thickness);
        return this;
    }

    public SampleSheet Box(double left, double bottom, double width, double height, Ink ink)
    {
        page.SetTextAndFillColor(ink.Red, ink.Green, ink.Blue);
        page.SetStrokeColor(ink.Red, ink.Green, ink.Blue);
        page.DrawRectangle(new PdfPoint(left, bottom), width, height, 0.1, fill: true);
        return this;
    }

    private double WidthOf(string text, double size, Face face)
    {
        var letters = page.MeasureText(text, size, new PdfPoint(0, 0), fonts[face]);
        return letters.Count == 0 ? 0 : letters[^1].EndBaseLine.X - letters[0].StartBaseLine.X;
    }
}
