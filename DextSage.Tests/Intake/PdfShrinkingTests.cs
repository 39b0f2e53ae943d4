using System.Text;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Shrinking;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using SkiaSharp;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>PDFs that are too large for Sage, made smaller as the worker does it.</summary>
public sealed class PdfShrinkingTests
{
    private const int Most = (int)ItemLimits.AttachmentBytes;
    private const string Jpeg = "/BitsPerComponent 8 /Filter /DCTDecode ";
    private const string Flate = "/BitsPerComponent 8 /Filter /FlateDecode ";

    [Fact]
    public void A_scan_keeps_its_pages_their_size_and_their_words_and_the_same_scan_gives_the_same_copy()
    {
        var pdf = LargePapers.Pdf((LargePapers.Photo(1700, 2400, 92), 1700, 2400, Jpeg + "/ColorSpace /DeviceRGB"), (LargePapers.Photo(1700, 2400, 92, isGrey: true), 1700, 2400, Jpeg + "/ColorSpace /DeviceGray"));

        var answer = Shrink(pdf);

        Assert.Equal((ShrinkOutcome.Done, "application/pdf"), (answer.Shrunk!.Outcome, answer.Shrunk.ContentType));
        Assert.InRange(answer.Content!.Length, Most / 4, Most);
        Assert.Equal(Words(pdf), Words(answer.Content));
        Assert.Equal(["Invoice INV-1 Total 120.00", "Invoice INV-2 Total 120.00"], Words(answer.Content));
        Assert.All(PdfDoor.Visit(answer.Content, d => d.GetPages().Select(p => (Math.Round(p.Width, 3), Math.Round(p.Height, 3))).ToList()).Found!, size => Assert.Equal((595.276, 841.89), size));
        var pictures = PicturesOf(answer.Content);
        Assert.Equal(["DeviceRGB", "DeviceGray"], pictures.Select(p => p.Space));
        Assert.All(pictures, p => Assert.True(LargePapers.Look(p.Jpeg) is { IsLeftDark: true } look && (look.Width, look.Height) == (p.Width, p.Height)));
        Assert.Equal(answer.Content, Shrink(pdf).Content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_picture_packed_without_loss_becomes_a_JPEG(bool isGrey)
    {
        var (width, height) = isGrey ? (1700, 2000) : (1100, 1400);
        var pdf = LargePapers.Pdf((LargePapers.Packed(LargePapers.Samples(width, height, isGrey)), width, height, Flate + (isGrey ? "/ColorSpace /DeviceGray" : "/ColorSpace /DeviceRGB")));
        Assert.True(pdf.Length > Most);

        var answer = Shrink(pdf);

        Assert.Equal(ShrinkOutcome.Done, answer.Shrunk!.Outcome);
        Assert.True(answer.Content!.Length <= Most);
        Assert.Equal(Words(pdf), Words(answer.Content));
        Assert.Equal(isGrey ? "DeviceGray" : "DeviceRGB", Assert.Single(PicturesOf(answer.Content)).Space);
    }

    [Fact]
    public void A_picture_of_a_palette_takes_the_colours_of_its_palette()
    {
        // The same red under many numbers, so that nothing packs it well.
        var noise = LargePapers.Samples(1800, 2000, isGrey: true);
        var palette = string.Concat(Enumerable.Repeat("FF0000", 256));
        var pdf = LargePapers.Pdf((LargePapers.Packed(noise), 1800, 2000, Flate + $"/ColorSpace [/Indexed /DeviceRGB 255 <{palette}>]"));
        Assert.True(pdf.Length > Most);

        var picture = Assert.Single(PicturesOf(Shrink(pdf).Content!));

        using var bitmap = SKBitmap.Decode(picture.Jpeg);
        Assert.True(bitmap.GetPixel(500, 500) is { Red: > 240, Green: < 20, Blue: < 20 });
        Assert.Equal("DeviceRGB", picture.Space);
    }

    [Fact]
    public void What_every_page_brings_along_is_written_once_and_pictures_are_left_as_they_are_where_that_suffices()
    {
        var photo = LargePapers.Photo(1300, 1000, 92);
        var pdf = LargePapers.Pdf([.. Enumerable.Repeat((photo, 1300, 1000, Jpeg + "/ColorSpace /DeviceRGB"), 6)]);
        Assert.True(pdf.Length > Most && photo.Length < Most);

        var answer = Shrink(pdf);

        Assert.Equal((ShrinkOutcome.Done, null, null), (answer.Shrunk!.Outcome, answer.Shrunk.LongSide, answer.Shrunk.Quality));
        Assert.All(PicturesOf(answer.Content!), p => Assert.Equal(photo, p.Jpeg));
        Assert.Equal(Words(pdf), Words(answer.Content!));
    }

    [Fact]
    public void A_mask_stays_as_it_is_and_the_picture_that_it_is_for_keeps_it()
    {
        var mask = LargePapers.Samples(500, 400, isGrey: true);
        var (masked, masking) = (LargePapers.Photo(1700, 2400, 95), LargePapers.Packed(mask));
        var pdf = LargePapers.Pdf(
            (masked, 1700, 2400, Jpeg + "/ColorSpace /DeviceRGB /SMask 15 0 R"), (masking, 500, 400, Flate + "/ColorSpace /DeviceGray"));
        Assert.True(pdf.Length > Most);

        var answer = Shrink(pdf);

        Assert.Equal(ShrinkOutcome.Done, answer.Shrunk!.Outcome);
        var kept = PdfDoor.Visit(answer.Content!, d => d.GetPage(1).GetImages().Single().ImageDictionary.TryGet(NameToken.Create("SMask"), out IToken at)
            ? ((StreamToken)(at is IndirectReferenceToken reference ? d.Structure.GetObject(reference.Data)!.Data : at)).Data.ToArray() : null).Found;
        Assert.Equal(masking, kept);
    }

    [Theory]
    [InlineData("/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceCMYK")]
    [InlineData("/BitsPerComponent 8 /Filter /JPXDecode /ColorSpace /DeviceRGB")]
    [InlineData("/BitsPerComponent 1 /Filter /CCITTFaxDecode /ColorSpace /DeviceGray")]
    [InlineData("/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceRGB /Decode [1 0 1 0 1 0]")]
    [InlineData("/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceRGB /Mask [0 5 0 5 0 5]")]
    [InlineData("/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace [/Separation /Gold /DeviceCMYK << >>]")]
    public void A_picture_that_would_not_come_out_as_it_is_is_left_and_the_document_stays_too_large(string dictionary) =>
        Assert.Equal(ShrinkOutcome.TooLarge, Shrink(LargePapers.Pdf((LargePapers.Photo(1700, 2400, 95), 1700, 2400, dictionary))).Shrunk!.Outcome);

    [Fact]
    public void A_grey_JPEG_that_the_PDF_takes_for_colours_is_left() =>
        Assert.Equal(ShrinkOutcome.TooLarge, Shrink(LargePapers.Pdf((LargePapers.Photo(1700, 2400, 100, isGrey: true), 1700, 2400, Jpeg + "/ColorSpace /DeviceRGB"))).Shrunk!.Outcome);

    [Fact]
    public void What_was_drawn_in_many_words_is_packed()
    {
        var text = string.Concat(Enumerable.Repeat("0 0 m 595 842 l S\n", 200_000));
        var pdf = LargePapers.Pdf((Encoding.ASCII.GetBytes(text), 1, 1, "/Subtype /Form /BBox [0 0 595 842]"));
        Assert.True(pdf.Length > Most);

        Assert.InRange(Shrink(pdf).Content!.Length, 1, 200_000);
    }

    [Fact]
    public void A_signed_one_is_left_since_its_signature_is_about_its_very_bytes()
    {
        var pdf = LargePapers.Pdf("<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>|<< /Title (Signed) /Proof 1000 0 R >>|trailer:/Info 1001 0 R", Scan());
        Assert.Equal(ShrinkOutcome.HasSignature, Shrink(pdf).Shrunk!.Outcome);
    }

    [Fact]
    public void What_the_document_says_of_itself_is_kept()
    {
        var pdf = LargePapers.Pdf("<< /Title (Rechnung f\\374r M\\(\\)rz) /Author <FEFF20AC> >>|trailer:/Info 1000 0 R", Scan());

        var copy = Shrink(pdf).Content!;

        var about = PdfDoor.Visit(copy, d => (d.Information.Title, d.Information.Author)).Found;
        Assert.Equal(PdfDoor.Visit(pdf, d => (d.Information.Title, d.Information.Author)).Found, about);
        Assert.Equal(("Rechnung für M()rz", "€"), about);
    }

    [Fact]
    public void A_file_that_is_damaged_gives_trouble_and_no_exception()
    {
        var pdf = LargePapers.Pdf(Scan());
        Assert.Equal(PdfTrouble.Damaged, Shrink("not a PDF at all"u8.ToArray()).Trouble);
        Assert.NotEqual(ShrinkOutcome.Done, Shrink(pdf[..(pdf.Length / 2)]).Shrunk?.Outcome);
    }

    private static (byte[], int, int, string) Scan() => (LargePapers.Photo(1700, 2400, 95), 1700, 2400, Jpeg + "/ColorSpace /DeviceRGB");

    private static PaperAnswer Shrink(byte[] pdf) => PaperShrinking.Shrink(new ShrinkOrder("application/pdf", Most), pdf);

    private static List<string> Words(byte[] pdf) => PdfDoor.Visit(pdf, d => d.GetPages().Select(p => p.Text).ToList()).Found!;

    private static List<(byte[] Jpeg, int Width, int Height, string Space)> PicturesOf(byte[] pdf) =>
        PdfDoor.Visit(pdf, d => d.GetPages().SelectMany(p => p.GetImages()).Select(Of).ToList()).Found!;

    private static (byte[], int, int, string) Of(IPdfImage picture) =>
        (picture.RawMemory.ToArray(), picture.WidthInSamples, picture.HeightInSamples, picture.ImageDictionary.TryGet(NameToken.ColorSpace, out NameToken space) ? space.Data : "");
}
