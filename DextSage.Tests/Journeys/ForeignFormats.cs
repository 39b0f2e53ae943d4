using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Intake.Converting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What comes as HEIC or TIFF: shown, read and sent as something else, and kept as it came.</summary>
public sealed class ForeignFormats
{
    [Fact]
    public async Task A_heic_photo_is_kept_shown_as_a_jpeg_and_attached_in_Sage_as_one()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.WithSamplesAsync();

        var item = await workshop.ItemAsync((await AddAsync(workshop, "IMG_0001.HEIC", ForeignPapers.Heic)).Codes.Single(), i => i.Status is not ItemStatus.Processing);

        Assert.Equal(("IMG_0001.jpg", "image/jpeg", "Made into a JPEG: it came as HEIC"), (item.Document!.FileName, item.Document.ContentType, item.Document.Conversion));
        Assert.Equal((480u, 640u, true), ForeignPapers.Look((await ReadAsync(workshop, item.Document.Id, DocumentForm.Shown)).Content));
        var original = await ReadAsync(workshop, item.Document.Id, DocumentForm.Original);
        Assert.Equal("IMG_0001.heic", original.Name);
        Assert.Equal(ForeignPapers.Heic, original.Content);
        var told = await workshop.Get<ItemTimeline>().ReadAsync(workshop.Admin, item.Code);
        Assert.Equal("IMG_0001.heic", told.Single(e => e.Cause is ChangeCause.Upload).Changes.Single().To);
        Assert.Equal("Made into a JPEG: it came as HEIC", told.Single(e => e.Cause is ChangeCause.Conversion).Changes.Single().To);

        var sample = await EveryDestination.CostAsync(workshop);
        foreach (var edit in new ItemEdit[] { new ItemEdit.SetSupplier(sample.SupplierId), new ItemEdit.SetDate(sample.Date), new ItemEdit.SetReference("HEIC-1"), new ItemEdit.SetCurrency("GBP"), new ItemEdit.SetTotal(120), new ItemEdit.SetTax(20) })
            await workshop.EditAsync(item.Code, edit);
        await EveryDestination.PublishAsync(workshop, await workshop.MakeReadyAsync(item.Code));
        Assert.Contains(await Books.BillsAsync(workshop), b => b.FileSizes.Contains((int)item.Document.Length));
    }

    [Fact]
    public async Task The_same_file_again_is_said_to_be_here_already_and_leaves_for_ever_with_its_original()
    {
        await using var workshop = await Workshop.OpenAsync();
        var first = await AddAsync(workshop, "fax.tif", ForeignPapers.Tiff(true, false));
        var again = await AddAsync(workshop, "the same.tif", ForeignPapers.Tiff(true, false));

        Assert.Equal([$"The same file is here already, as item {first.Codes.Single()}."], again.Notes);
        var item = await workshop.ItemAsync(first.Codes.Single(), i => i.Status is not ItemStatus.Processing);
        Assert.Equal(("fax.pdf", 2, "Made into a PDF of 2 pages: it came as TIFF"), (item.Document!.FileName, item.Document.Pages, item.Document.Conversion));
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var documents = await db.Documents.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Single(documents.Select(d => (d.Sha256, Original: d.Original!.Sha256)).Distinct());

        await db.Items.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        await db.LetGoAsync([.. documents.Select(d => d.Id)], TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        await new LeavingDocuments(workshop.Get<BusinessStore>(), workshop.Get<DocumentStore>(), new Later()).RunAsync(workshop.BusinessId, TestContext.Current.CancellationToken);

        Assert.False(workshop.Get<DocumentStore>().Has(documents[0].Sha256));
        Assert.False(workshop.Get<DocumentStore>().Has(documents[0].Original!.Sha256));
    }

    private static async Task<ArrivalReport> AddAsync(Workshop workshop, string name, byte[] content) =>
        (await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [new DroppedFile(name, content.Length, () => new MemoryStream(content, writable: false))])).Single();

    private static async Task<(string Name, byte[] Content)> ReadAsync(Workshop workshop, Guid document, DocumentForm form)
    {
        var file = (await workshop.Get<ItemDocuments>().OpenAsync(workshop.Admin, document, form))!;
        await using var content = file.Content;
        using var all = new MemoryStream();
        await content.CopyToAsync(all);
        return (file.FileName, all.ToArray());
    }

    /// <summary>Two hours from now: what was stored today is settled.</summary>
    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(2);
    }
}
