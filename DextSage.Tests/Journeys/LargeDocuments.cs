using System.Text.Json.Nodes;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using DextSage.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>A document that is too large for Sage goes there as a smaller copy; the original stays here.</summary>
public sealed class LargeDocuments
{
    private const string Scanned = "/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceRGB";

    private static byte[] Scan => LargePapers.Pdf((LargePapers.Photo(1700, 2400, 95), 1700, 2400, Scanned));

    [Fact]
    public async Task A_scan_of_several_megabytes_is_attached_in_Sage_as_a_smaller_copy_and_everything_says_so()
    {
        await using var workshop = await OpenAsync();
        var scan = Scan;
        Assert.InRange(scan.Length, 3_000_000, PaperInspector.MaxBytes);

        var item = await ShrunkAsync(workshop, await DropAsync(workshop, "scan.pdf", scan));
        Assert.Matches("^[0-9.]+ MB → [0-9.]+ MB, pictures in JPEG quality [0-9]+$", item.Document!.SmallerCopy);
        Assert.Equal(scan.Length, item.Document.Length);
        var published = await EveryDestination.PublishAsync(workshop, await ReadyAsync(workshop, item.Code));

        var copy = await ReadAsync(workshop, item.Document.Id, asSent: true);
        Assert.Equal("scan.pdf", copy.Name);
        Assert.True(copy.Content.Length <= ItemLimits.AttachmentBytes);
        Assert.Equal(scan, (await ReadAsync(workshop, item.Document.Id, asSent: false)).Content);
        var attached = await AttachedAsync(workshop, published);
        Assert.Equal(("scan.pdf", copy.Content.Length), ((string?)attached["file_name"], (int)attached["file_size"]!));

        var proof = JsonNode.Parse((await workshop.Get<PublicationProofs>().StepAsync(workshop.Admin, item.Code, 1, StepKind.AttachDocument))!.Sent!)!["attachment"]!;
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(copy.Content));
        Assert.Equal(($"[sha256 {sha256}]", copy.Content.Length), ((string?)proof["file"], (int)proof["file_size"]!));
        var whole = JsonNode.Parse((await workshop.Get<PublicationProofs>().ExportAsync(workshop.Admin, item.Code))!.Content)!;
        Assert.Equal((scan.Length, copy.Content.Length, sha256), ((int)whole["document"]!["bytes"]!, (int)whole["smallerCopy"]!["bytes"]!, (string?)whole["smallerCopy"]!["sha256"]));
        var told = (await workshop.Get<ItemTimeline>().ReadAsync(workshop.Admin, item.Code)).Single(e => e.Cause is ChangeCause.Shrinking);
        Assert.Equal((null, $"Made a smaller copy of the document for Sage ({item.Document.SmallerCopy})"), (told.Person, told.Changes.Single().To));
    }

    [Fact]
    public async Task A_PNG_arrives_as_a_JPEG_of_the_same_name_and_is_attached_once_though_the_answer_is_lost()
    {
        await using var workshop = await OpenAsync();
        var photo = LargePapers.Photo(1200, 1000, 100, format: SkiaSharp.SKEncodedImageFormat.Png);
        var item = await ShrunkAsync(workshop, await DropAsync(workshop, "till receipt.png", photo));
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/attachments", kind = "answer-lost-after-commit", times = 1 });

        var published = await EveryDestination.PublishAsync(workshop, await ReadyAsync(workshop, item.Code));

        var attached = await AttachedAsync(workshop, published);
        Assert.Equal(("till receipt.jpg", "image/jpeg"), ((string?)attached["file_name"], (string?)attached["mime_type"]));
        Assert.Equal("till receipt.jpg", (await ReadAsync(workshop, item.Document!.Id, asSent: true)).Name);
        Assert.Equal("till receipt.png", item.Document.FileName);
    }

    [Fact]
    public async Task One_that_cannot_be_made_smaller_says_why_and_can_go_without_its_document()
    {
        await using var workshop = await OpenAsync();
        var cmyk = LargePapers.Pdf((LargePapers.Photo(1700, 2400, 95), 1700, 2400, "/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceCMYK"));
        var code = await DropAsync(workshop, "print.pdf", cmyk);

        var item = await workshop.ItemAsync(code, i => i.Issues.Any(s => s.Sentence.Contains("was tried", StringComparison.Ordinal)));

        var issue = item.Issues.Single(i => i.Field is ItemField.Document);
        Assert.Equal(("Publish without the document", ItemStatus.ToReview), (issue.Fix!.Label, item.Status));
        Assert.Contains("Tried to make a smaller copy", (await workshop.Get<ItemTimeline>().ReadAsync(workshop.Admin, code)).Single(e => e.Cause is ChangeCause.Shrinking).Changes.Single().To, StringComparison.Ordinal);
        var ready = await ReadyAsync(workshop, code);
        Assert.True(ready.PublishWithoutDocument);
        await EveryDestination.PublishAsync(workshop, ready);
    }

    [Fact]
    public async Task Until_it_is_done_the_item_waits_and_a_program_that_was_stopped_over_it_goes_on_after_its_start()
    {
        var begun = new TaskCompletionSource();
        await using var workshop = await Workshop.OpenAsync(furnish: services => services.Replace(ServiceDescriptor.Singleton<IDocumentShrinker>(new Endless(begun))));
        var code = await DropAsync(workshop, "scan.pdf", Scan);
        await begun.Task.WaitAsync(Workshop.Patience, TestContext.Current.CancellationToken);

        var waiting = await workshop.ItemAsync(code);
        Assert.Equal(ItemStatus.ToReview, waiting.Status);
        Assert.Single(waiting.Issues, i => i is { IsUnderWay: true, Field: ItemField.Document, Fix: null });
        workshop.Furnish = null;
        await workshop.RestartAsync();

        await ShrunkAsync(workshop, code);
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        Assert.Equal((1, ShrinkOutcome.Done), await db.Documents.Select(d => new ValueTuple<int, ShrinkOutcome?>(d.ShrinkTries, d.Shrinking)).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.ItemChanges.CountAsync(c => c.Cause == ChangeCause.Shrinking, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_that_killed_the_program_three_times_is_left_as_it_is()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = await ThereBeforeAsync(workshop, tries: 3);

        Assert.Null(await workshop.Get<ShrinkWork>().RunAsync(workshop.BusinessId, TestContext.Current.CancellationToken));

        Assert.Contains((await workshop.ItemAsync(code)).Issues, i => i.Sentence.EndsWith("Making a smaller copy was tried: it took too long.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_lay_here_before_is_found_at_the_next_start()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = "";
        await workshop.RestartAsync(async _ => code = await ThereBeforeAsync(workshop, tries: 0));

        await ShrunkAsync(workshop, code);
    }

    [Fact]
    public async Task Pages_merged_into_one_that_is_too_large_are_made_smaller_too()
    {
        await using var workshop = await Workshop.OpenAsync();
        string[] codes = [await DropAsync(workshop, "one.pdf", LargePapers.Pdf((LargePapers.Photo(1200, 1700, 92), 1200, 1700, Scanned))), await DropAsync(workshop, "two.jpg", LargePapers.Photo(1300, 1700, 92))];
        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Status is not ItemStatus.Processing);

        var merged = await workshop.Get<MergeDesk>().MergeAsync(workshop.Admin, codes, new Dictionary<ItemField, string>(), TestContext.Current.CancellationToken);

        Assert.Null(merged.Refusal);
        var item = await ShrunkAsync(workshop, merged.Code!);
        Assert.True(item.Document!.Length > ItemLimits.AttachmentBytes);
        Assert.Equal(2, item.Document.Pages);
    }

    /// <summary>With a supplier and all else that an item needs.</summary>
    private static async Task<Workshop> OpenAsync()
    {
        var workshop = await Workshop.OpenAsync();
        await workshop.WithSamplesAsync();
        return workshop;
    }

    private static async Task<string> DropAsync(Workshop workshop, string name, byte[] content) =>
        (await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [new DroppedFile(name, content.Length, () => new MemoryStream(content, writable: false))])).Single().Codes.Single();

    private static Task<ItemView> ShrunkAsync(Workshop workshop, string code) => workshop.ItemAsync(code, i => i.Document?.SmallerCopy is not null);

    private static async Task<ItemView> ReadyAsync(Workshop workshop, string code)
    {
        var sample = await EveryDestination.CostAsync(workshop);
        foreach (var edit in new ItemEdit[] { new ItemEdit.SetSupplier(sample.SupplierId), new ItemEdit.SetDate(sample.Date), new ItemEdit.SetReference("LARGE-1"), new ItemEdit.SetCurrency("GBP"), new ItemEdit.SetTotal(120), new ItemEdit.SetTax(20) })
            await workshop.EditAsync(code, edit);
        return await workshop.MakeReadyAsync(code);
    }

    private static async Task<string> ThereBeforeAsync(Workshop workshop, int tries)
    {
        var stored = await workshop.Get<DocumentStore>().SaveAsync(Scan);
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var item = new Item
        {
            BusinessId = workshop.BusinessId, Code = ItemCode.New(), OwnerId = workshop.Admin.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
            Document = new Document { BusinessId = workshop.BusinessId, Sha256 = stored.Sha256, FileName = "scan.pdf", ContentType = "application/pdf", Length = stored.Length, Pages = 1, ShrinkTries = tries },
        };
        db.Add(item);
        await db.SaveChangesAsync();
        return item.Code;
    }

    private static async Task<(string Name, byte[] Content)> ReadAsync(Workshop workshop, Guid document, bool asSent)
    {
        var file = (await workshop.Get<ItemDocuments>().OpenAsync(workshop.Admin, document, asSent ? DocumentForm.Sent : DocumentForm.Shown))!;
        await using var content = file.Content;
        using var all = new MemoryStream();
        await content.CopyToAsync(all);
        return (file.FileName, all.ToArray());
    }

    private static async Task<JsonObject> AttachedAsync(Workshop workshop, ItemView published)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var id = await db.Items.Where(i => i.Code == published.Code).Select(i => i.SageDocumentId).SingleAsync();
        using var api = await workshop.Sandbox.ApiAsync("Marsh & Daughters Ltd");
        return Assert.Single((await api.ReadAsync($"attachments?attachment_context_type_id=PURCHASE_INVOICE&attachment_context_id={id}&attributes=all"))["$items"]!.AsArray())!.AsObject();
    }

    /// <summary>Never done, until the program stops.</summary>
    private sealed class Endless(TaskCompletionSource begun) : IDocumentShrinker
    {
        public async Task<(ShrinkOutcome Outcome, SentCopy? Copy)> ShrinkAsync(Document document, CancellationToken cancellationToken)
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return (ShrinkOutcome.Missing, null);
        }
    }
}
