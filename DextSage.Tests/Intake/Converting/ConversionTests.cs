using DextSage.Integration.Intake;
using ImageMagick;
using Xunit;

namespace DextSage.Tests.Intake.Converting;

/// <summary>What comes in a format of its own, made in real workers into what can be shown, read and sent.</summary>
public sealed class ConversionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_heic_photo_becomes_a_jpeg_of_the_same_picture()
    {
        var inspection = await InspectAsync(ForeignPapers.Heic, "IMG_0001.HEIC");

        Assert.Equal(new PaperFacts(PaperKind.Jpeg, 1, 480, 640), inspection.Facts);
        Assert.Equal(ForeignFormat.Heic, inspection.Converted!.From);
        Assert.Equal((480u, 640u, true), ForeignPapers.Look(inspection.Converted.Content));
        Assert.Equal(inspection.Facts, (await InspectAsync(inspection.Converted.Content, "again.jpg")).Facts);
    }

    [Theory]
    [InlineData(MagickFormat.Gif, ForeignFormat.Gif)]
    [InlineData(MagickFormat.Bmp, ForeignFormat.Bmp)]
    [InlineData(MagickFormat.Tiff, ForeignFormat.Tiff)]
    [InlineData(MagickFormat.WebP, ForeignFormat.WebP)]
    public async Task What_has_few_colours_becomes_a_png(MagickFormat made, ForeignFormat format)
    {
        var inspection = await InspectAsync(ForeignPapers.Sheet(made), "scan.pdf");

        Assert.Equal(new PaperFacts(PaperKind.Png, 1, 480, 640), inspection.Facts);
        Assert.Equal(format, inspection.Converted!.From);
        Assert.Equal((480u, 640u, true), ForeignPapers.Look(inspection.Converted.Content));
        Assert.Equal(inspection.Facts, (await InspectAsync(inspection.Converted.Content, "again")).Facts);
    }

    [Fact]
    public async Task A_tiff_of_several_pages_becomes_a_pdf_of_as_many()
    {
        var inspection = await InspectAsync(ForeignPapers.Tiff(false, true, false), "fax.tif");

        Assert.Equal((PaperKind.Pdf, 3), (inspection.Facts!.Kind, inspection.Facts.Pages));
        var again = await InspectAsync(inspection.Converted!.Content, "fax.pdf");
        Assert.Equal((PaperKind.Pdf, 3), (again.Facts!.Kind, again.Facts.Pages));
        var sizes = PdfDoor.Visit(inspection.Converted.Content, d => d.GetPages().Select(p => ((int)Math.Round(p.Width), (int)Math.Round(p.Height), p.GetImages().Count())).ToList()).Found!;
        Assert.Equal(Enumerable.Repeat((632, 842, 1), 3), sizes);
    }

    [Fact]
    public async Task The_same_file_gives_the_same_copy()
    {
        foreach (var file in new[] { ForeignPapers.Heic, ForeignPapers.Tiff(true, false), ForeignPapers.Sheet(MagickFormat.Gif) })
        {
            var one = await InspectAsync(file, "a");
            await Task.Delay(TimeSpan.FromMilliseconds(1100), Cancellation);
            Assert.Equal(one.Converted!.Content, (await InspectAsync(file, "b")).Converted!.Content);
        }
    }

    [Fact]
    public async Task One_that_was_held_on_its_side_is_turned_upright()
    {
        using var held = new MagickImage(ForeignPapers.Sheet(MagickFormat.Bmp));
        held.Rotate(-90);
        held.Orientation = Orientation.RightTop;

        var inspection = await InspectAsync(held.ToByteArray(MagickFormat.Tiff), "scan.tiff");

        Assert.Equal((480u, 640u, true), ForeignPapers.Look(inspection.Converted!.Content));
    }

    [Fact]
    public async Task What_is_see_through_lies_on_white()
    {
        using var clear = new MagickImage(MagickColors.Transparent, 300, 300);
        clear.Format = MagickFormat.WebP;

        var inspection = await InspectAsync(clear.ToByteArray(), "clear.webp");

        using var shown = new MagickImage(inspection.Converted!.Content);
        Assert.Equal(MagickColors.White, shown.GetPixels().GetPixel(150, 150).ToColor());
    }

    [Fact]
    public async Task Of_a_film_the_first_picture_is_taken()
    {
        using var film = new MagickImageCollection([new MagickImage(ForeignPapers.Sheet(MagickFormat.Gif)), new MagickImage(MagickColors.Black, 480, 640)]);

        Assert.Equal((480u, 640u, true), ForeignPapers.Look((await InspectAsync(film.ToByteArray(MagickFormat.Gif), "film.gif")).Converted!.Content));
    }

    [Fact]
    public async Task Pages_and_pixels_beyond_the_bounds_are_refused_by_name()
    {
        var pages = await InspectAsync(ForeignPapers.Tiff([.. Enumerable.Repeat(true, PaperInspector.MaxPages + 1)]), "book.tiff");
        Assert.Equal("“book.tiff” has more than 200 pages.", pages.Refusal!.Sentence);

        using var flood = new MagickImage(MagickColors.White, 10_001, 6_000) { ColorType = ColorType.Bilevel };
        flood.Settings.Compression = CompressionMethod.Group4;
        Assert.Equal("“flood.tiff” has more than 60 million pixels.", (await InspectAsync(flood.ToByteArray(MagickFormat.Tiff), "flood.tiff")).Refusal!.Sentence);
        flood.Settings.Compression = CompressionMethod.RLE;
        Assert.Equal("“flood.gif” has more than 60 million pixels.", (await InspectAsync(flood.ToByteArray(MagickFormat.Gif), "flood.gif")).Refusal!.Sentence);
    }

    [Fact]
    public async Task A_fax_of_as_many_pages_as_are_taken_becomes_a_pdf_in_time()
    {
        using var fax = new MagickImageCollection();
        for (var page = 0; page < PaperInspector.MaxPages; page++)
        {
            var sheet = new MagickImage(ForeignPapers.Sheet(MagickFormat.Bmp, 1728, 2200)) { ColorType = ColorType.Bilevel };
            sheet.Settings.Compression = CompressionMethod.Group4;
            fax.Add(sheet);
        }

        var inspection = await InspectAsync(fax.ToByteArray(MagickFormat.Tiff), "fax.tiff");

        Assert.Equal(PaperInspector.MaxPages, inspection.Facts?.Pages);
    }

    [Fact]
    public async Task What_is_cut_short_or_only_begins_like_one_is_refused()
    {
        foreach (var (file, name) in new[] { (ForeignPapers.Heic, "a.heic"), (ForeignPapers.Tiff(false, false), "a.tiff"), (ForeignPapers.Sheet(MagickFormat.WebP), "a.webp") })
        {
            foreach (var length in new[] { file.Length / 2, file.Length * 9 / 10 })
                Assert.Equal($"“{name}” is damaged or cut short.", (await InspectAsync(file[..length], name)).Refusal?.Sentence);
        }

        Assert.Equal(PaperRefusalKind.Damaged, (await InspectAsync("GIF89a"u8.ToArray(), "a.gif")).Refusal!.Kind);
        // A script in ImageMagick's own language, which begins like nothing of these, is no paper.
        Assert.Equal(PaperRefusalKind.NotPaper, (await InspectAsync("push graphic-context\nimage over 0,0 0,0 'https://example.com/x'\n"u8.ToArray(), "a.tiff")).Refusal!.Kind);
    }

    private static Task<PaperInspection> InspectAsync(byte[] content, string name) => TestPapers.Inspector.InspectAsync(content, name, Cancellation);
}
