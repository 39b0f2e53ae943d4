using System.Buffers.Binary;
using System.Text;
using CsCheck;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

public sealed class PaperInspectorTests
{
    private static readonly byte[] Pdf = SampleDocuments.Draw(new DateOnly(2026, 3, 9))[0].Content;

    [Fact]
    public async Task An_image_is_measured_from_its_header_and_named_by_its_content()
    {
        Assert.Equal(new PaperFacts(PaperKind.Png, 1, 640, 480), (await InspectAsync(Png(640, 480), "receipt.pdf")).Facts);
        Assert.Equal(new PaperFacts(PaperKind.Jpeg, 1, 640, 480), (await InspectAsync(Jpeg(640, 480), "receipt.png")).Facts);
        Assert.Equal("image/png", (await InspectAsync(Png(640, 480), "receipt.pdf")).Facts!.ContentType);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("PK\u0003\u0004 zip")]
    [InlineData("MZ program")]
    [InlineData("just words")]
    public async Task What_is_no_paper_is_refused_whatever_it_is_called(string content)
    {
        Assert.Equal(PaperRefusalKind.NotPaper, (await InspectAsync(Encoding.Latin1.GetBytes(content), "invoice.pdf")).Refusal!.Kind);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("MZ\u0090")]
    [InlineData("#!/bin/sh\n")]
    public async Task A_pdf_behind_something_else_is_refused(string before)
    {
        Assert.Equal(PaperRefusalKind.HiddenInside, (await InspectAsync([.. Encoding.Latin1.GetBytes(before), .. Pdf], "invoice.pdf")).Refusal!.Kind);
        Assert.Equal(PaperRefusalKind.NotPaper, (await InspectAsync([.. new byte[1024], .. Pdf], "invoice.pdf")).Refusal!.Kind);
    }

    [Fact]
    public async Task Empty_cut_and_oversized_files_are_refused_with_their_name_and_rule()
    {
        Assert.Equal("“a.pdf” is empty.", (await InspectAsync([], "a.pdf")).Refusal!.Sentence);
        Assert.Equal("“a.pdf” is damaged or cut short.", (await InspectAsync(Pdf[..^400], "a.pdf")).Refusal!.Sentence);
        Assert.Equal("“a.pdf” is larger than 6 MB.", (await InspectAsync(new byte[PaperInspector.MaxBytes + 1], "a.pdf")).Refusal!.Sentence);
        Assert.Equal(PaperRefusalKind.Damaged, (await InspectAsync(Png(640, 480)[..^6], "a.png")).Refusal!.Kind);
        Assert.Equal(PaperRefusalKind.Damaged, (await InspectAsync(Jpeg(640, 480)[..^2], "a.jpg")).Refusal!.Kind);
    }

    [Fact]
    public async Task A_flood_of_pixels_is_refused_from_the_header()
    {
        Assert.Equal(PaperRefusalKind.TooManyPixels, (await InspectAsync(Png(50_000, 50_000), "flood.png")).Refusal!.Kind);
        Assert.Equal(PaperRefusalKind.TooManyPixels, (await InspectAsync(Png(int.MaxValue, int.MaxValue), "flood.png")).Refusal!.Kind);
        Assert.True((await InspectAsync(Jpeg(7_500, 8_000), "big.jpg")).IsAccepted);
        Assert.Equal(PaperRefusalKind.TooManyPixels, (await InspectAsync(Jpeg(7_501, 8_000), "flood.jpg")).Refusal!.Kind);
    }

    [Fact]
    public async Task The_sentence_shows_no_path_and_nothing_that_turns_the_text()
    {
        Assert.StartsWith("“invoicefdp.exe” ", (await InspectAsync([], "C:\\me\\invoice\u202Efdp.exe")).Refusal!.Sentence, StringComparison.Ordinal);
        Assert.Equal("The file is empty.", (await InspectAsync([], "\u0000\n")).Refusal!.Sentence);
        Assert.InRange((await InspectAsync([], new string('x', 5000))).Refusal!.Sentence.Length, 1, 120);
    }

    [Fact]
    public async Task Photographed_receipts_are_accepted()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "corpus", "receipts"), "*.jpg"))
            Assert.Equal(PaperKind.Jpeg, (await InspectAsync(File.ReadAllBytes(file), file)).Facts?.Kind);
    }

    [Fact]
    public Task Mutated_images_never_throw() =>
        Mutated(Gen.OneOf(Gen.Const(Png(640, 480)), Gen.Const(Jpeg(640, 480))))
            .SampleAsync(async file => (await InspectAsync(file, "x.png")).IsAccepted || true, iter: 4000);

    [Fact]
    public Task Mutated_pdfs_get_an_answer()
    {
        var context = new ReadingContext(null, new DateOnly(2026, 3, 9), "GBP");
        return Mutated(Gen.Const(Pdf)).SampleAsync(
            async file =>
            {
                var inspection = await InspectAsync(file, "x.pdf");
                await TestPapers.Reader.ReadAsync(file, context);
                return inspection.IsAccepted || inspection.Refusal.Sentence.Length > 0;
            },
            iter: 300,
            threads: 2);
    }

    /// <summary>A few bytes replaced, and in half of the cases the end cut off.</summary>
    private static Gen<byte[]> Mutated(Gen<byte[]> original) =>
        from file in original
        from changes in Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 12]
        from length in Gen.OneOf(Gen.Const(file.Length), Gen.Int[0, file.Length])
        select Apply(file, changes, length);

    private static byte[] Apply(byte[] file, (int At, byte Value)[] changes, int length)
    {
        var copy = file.ToArray();
        foreach (var (at, value) in changes) copy[at] = value;
        return copy[..length];
    }

    private static Task<PaperInspection> InspectAsync(byte[] content, string name) =>
        TestPapers.Inspector.InspectAsync(content, name, TestContext.Current.CancellationToken);

    private static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", new byte[20]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data) => [0, 0, 0, (byte)data.Length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];

    private static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 1, 2, 0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0, 4, 0xFF, 0xD9,
    ];
}
