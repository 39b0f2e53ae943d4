using DextSage.Integration.Intake.Converting;
using DextSage.Integration.Intake.Workers;
using ImageMagick;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace DextSage.Integration.Intake.Scanning;

/// <summary>A page made ready for the reading of its words.</summary>
/// <param name="Length">Bytes of its picture, a JPEG.</param>
/// <param name="Page">From 1.</param>
internal sealed record ScanFacts(int Length, int Page, int Width, int Height);

/// <summary>Makes pictures of pages ready, where the worker does it: upright, grey, and as large as Tesseract likes them.</summary>
internal static class ScanPictures
{
    /// <summary>The first two pages and the last: the head is on the first, the totals are on the last.</summary>
    private const int MostPages = 3;

    /// <summary>Pixels of the longer side. Letters of fewer than twenty pixels are misread, and more than these are only slow.</summary>
    private const uint Small = 2000, Large = 4000;

    /// <summary>Of a page's width and height that its picture has to cover.</summary>
    private const double WholePage = 0.8;

    public static PaperAnswer Make(byte[] file)
    {
        PictureConversion.Bound();
        try
        {
            if (PdfHeader.Find(file) is not PdfHeader.Place.Start) return Packed(1, [(1, Ready(file))]);
            var pages = PdfDoor.Visit(file, document => new { document.NumberOfPages, Scans = Scans(document) });
            return pages.Trouble is PdfTrouble.None ? Packed(pages.Found!.NumberOfPages, [.. pages.Found.Scans.Select(p => (p.Page, Ready(p.Picture)))]) : PaperAnswer.Of(pages.Trouble);
        }
        catch (MagickResourceLimitErrorException)
        {
            return PaperAnswer.Of(PdfTrouble.TookTooMuch);
        }
        catch (MagickException)
        {
            return PaperAnswer.Of(PdfTrouble.Damaged);
        }
    }

    /// <param name="all">Pages of the document: there may be more than were made ready.</param>
    private static PaperAnswer Packed(int all, List<(int Page, (byte[] Picture, int Width, int Height) Made)> pages)
    {
        var content = pages.SelectMany(p => p.Made.Picture).ToArray();
        if (content.Length > PaperFrames.MaxBound) return PaperAnswer.Of(PdfTrouble.TookTooMuch);
        return PaperAnswer.Of(PdfTrouble.None).With(content) with { Pages = all, Scans = [.. pages.Select(p => new ScanFacts(p.Made.Picture.Length, p.Page, p.Made.Width, p.Made.Height))] };
    }

    private static (byte[] Picture, int Width, int Height) Ready(byte[] file)
    {
        var isPng = file.AsSpan().StartsWith(PngHeader.Signature);
        using var picture = new MagickImage(file, new MagickReadSettings { Format = isPng ? MagickFormat.Png : MagickFormat.Jpeg });
        picture.AutoOrient();
        if (picture.HasAlpha)
        {
            picture.BackgroundColor = MagickColors.White;
            picture.Alpha(AlphaAction.Remove);
        }

        picture.Grayscale();
        var side = Math.Max(picture.Width, picture.Height);
        if (side < Small) picture.Resize(new Percentage(200));
        else if (side > Large) picture.Resize(Large, Large);
        picture.Strip();
        picture.Quality = 90;
        return (picture.ToByteArray(MagickFormat.Jpeg), (int)picture.Width, (int)picture.Height);
    }

    /// <summary>There is nothing among our packages that draws a page; a scan is one picture as large as its page.</summary>
    private static List<(int Page, byte[] Picture)> Scans(PdfDocument document)
    {
        var pages = new List<(int, byte[])>();
        foreach (var number in Enumerable.Range(1, document.NumberOfPages).Where(n => n < MostPages || n == document.NumberOfPages))
        {
            var page = document.GetPage(number);
            if (page.Rotation.Value != 0 || page.GetImages().FirstOrDefault(i => Covers(page, i)) is not { } image) continue;
            if (image.WidthInSamples * (long)image.HeightInSamples > PaperInspector.MaxPixels) continue;
            if (image.RawBytes.StartsWith(JpegHeader.Signature)) pages.Add((number, image.RawBytes.ToArray()));
            else if (image.TryGetPng(out var png)) pages.Add((number, png));
        }

        return pages;
    }

    private static bool Covers(Page page, IPdfImage image) => image.BoundingBox.Width >= WholePage * page.Width && image.BoundingBox.Height >= WholePage * page.Height;
}
