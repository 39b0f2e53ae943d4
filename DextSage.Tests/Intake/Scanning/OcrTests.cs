using System.Diagnostics;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Reading;
using DextSage.Integration.Intake.Scanning;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Tests.Intake.Converting;
using DextSage.Tests.Journeys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace DextSage.Tests.Intake.Scanning;

/// <summary>Photos and scans, read with the machine's own Tesseract.</summary>
public sealed class OcrTests
{
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 3, 9), "GBP");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_is_read_with_the_place_and_confidence_of_each_value_and_what_is_unsure_stays_empty()
    {
        using var ocr = TestPapers.NewOcr();
        Assert.SkipUnless(ocr.IsThere, "Tesseract is not installed.");

        var reading = await new PaperReader(TestPapers.Workers, ocr).ReadAsync(await PhotoAsync(), Context, Cancellation);

        Assert.Contains("FENWICK STATIONERS", reading.Text, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 3, 3), reading.Date!.Value);
        Assert.InRange(reading.Date.Confidence, 0.7m, 0.9m);
        Assert.InRange(reading.Date.Box.Top, 0.15m, 0.25m);
        // It stands there once, and nothing proves it.
        Assert.Null(reading.Total);
    }

    [Fact]
    public async Task A_scan_within_a_pdf_is_read_as_a_photo_is()
    {
        using var ocr = TestPapers.NewOcr();
        Assert.SkipUnless(ocr.IsThere, "Tesseract is not installed.");
        var photo = await PhotoAsync();
        var scan = SheetBinding.Bind([new SheetOrder(photo.Length, "image/jpeg", 1, 1)], photo).Content!;

        var reading = await new PaperReader(TestPapers.Workers, ocr).ReadAsync(scan, Context, Cancellation);

        Assert.Equal(new DateOnly(2026, 3, 3), reading.Date?.Value);
    }

    [Fact]
    public async Task An_item_of_a_photo_is_filled_by_the_job_that_reads()
    {
        using var ocr = TestPapers.NewOcr();
        Assert.SkipUnless(ocr.IsThere, "Tesseract is not installed.");
        await using var workshop = await Workshop.OpenAsync(furnish: services => services.Replace(ServiceDescriptor.Singleton(ocr)));
        var photo = new DroppedFile("IMG_0001.HEIC", ForeignPapers.Heic.Length, () => new MemoryStream(ForeignPapers.Heic, writable: false));

        var report = Assert.Single(await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [photo]));
        var item = await workshop.ItemAsync(report.Codes.Single(), i => i.Status is not ItemStatus.Processing);

        Assert.Equal((ItemStatus.ToReview, new DateOnly(2026, 3, 3)), (item.Status, item.Date));
        Assert.InRange(item.ReadFrom[ItemField.Date].Confidence, 0.7m, 0.9m);
    }

    [Fact]
    public async Task Where_there_is_none_photos_are_not_read_and_that_is_all()
    {
        using var none = TestPapers.NewOcr("/nowhere/tesseract");

        var reader = new PaperReader(TestPapers.Workers, none);

        Assert.False(none.IsThere);
        Assert.Equal((false, true), (reader.Reads("image/jpeg"), reader.Reads("application/pdf")));
        Assert.Same(PaperReading.Nothing, await reader.ReadAsync(await PhotoAsync(), Context, Cancellation));
    }

    [Theory]
    [InlineData("sleep 600", 2)]
    [InlineData("cat > /dev/null; yes", 60)]
    [InlineData("exit 3", 60)]
    [InlineData("cat > /dev/null; printf 'no table'", 60)]
    public async Task One_that_hangs_floods_or_falls_over_costs_the_page_alone(string script, int patience)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is a script of a Unix shell.");
        var program = Path.GetTempFileName();
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var ocr = TestPapers.NewOcr(program, TimeSpan.FromSeconds(patience));
        var watch = Stopwatch.StartNew();

        Assert.Empty(await ocr.ReadAsync(await PhotoAsync(), new PageSize(480, 640), Cancellation) ?? []);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        File.Delete(program);
    }

    private static async Task<byte[]> PhotoAsync() => (await TestPapers.Inspector.InspectAsync(ForeignPapers.Heic, "photo", Cancellation)).Converted!.Content;
}
