using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>What lies in the bin is deleted for ever: by whom, what of, and what is left of it.</summary>
public sealed class DeletionTests
{
    [Fact]
    public async Task Nothing_of_it_is_left_but_what_it_was_and_who_deleted_it()
    {
        await using var quarter = await Quarter.OpenAsync();
        var item = quarter.Town.Marsh.AdminsItem;
        await quarter.ForgetAsync([item.Code]);

        Assert.Null(await quarter.Get<DeletionDesk>().DeleteAsync(quarter.Town.Claim(Who.Bookkeeper), item.Code));

        Assert.Null(await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), item.Code));
        var left = (await quarter.Get<DeletionDesk>().FindAsync(quarter.Town.Claim(Who.Admin), item.Code))!;
        Assert.Equal((item.SupplierName, item.Reference, item.Date, 120m, "GBP", "Bookkeeper of marsh"), (left.Party, left.Reference, left.Date, left.Total, left.Currency, left.Person));
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        Assert.False(await db.ItemLines.AnyAsync(l => l.ItemId == item.Id));
        Assert.False(await db.ItemNotes.AnyAsync(n => n.ItemId == item.Id));
        Assert.False(await db.ItemChanges.AnyAsync(c => c.ItemId == item.Id));
        Assert.False(await db.ReadFields.AnyAsync(r => r.ItemId == item.Id));
        Assert.False(await db.ItemWords.AnyAsync(w => w.ItemId == item.Id));
        Assert.False(await db.Publications.AnyAsync(p => p.ItemId == item.Id));
        // The search is as its words are, and the tabs count what is there.
        await db.Database.ExecuteSqlRawAsync("INSERT INTO ItemSearch(ItemSearch, rank) VALUES('integrity-check', 1)");
        Assert.Equal(await db.Items.CountAsync(), await db.ItemTallies.SumAsync(t => t.Count));
        Assert.Equal(0, await db.ItemTallies.Where(t => t.Place == Place.Bin).SumAsync(t => t.Count));
    }

    [Fact]
    public async Task What_is_in_Sage_or_may_have_arrived_there_is_not_deleted_and_what_Sage_refused_is()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(6, (item, n) => (item.Place, item.Status) = n switch
        {
            0 => (Place.Inbox, ItemStatus.Ready),
            1 => (Place.Archive, ItemStatus.Published),
            _ => (Place.Bin, ItemStatus.Ready),
        });
        await PublishedAsync(quarter, codes[2], PublicationStatus.Failed, StepStatus.Unknown, isSent: true);
        await PublishedAsync(quarter, codes[3], PublicationStatus.Running, StepStatus.Unknown, isSent: true);
        await PublishedAsync(quarter, codes[4], PublicationStatus.Failed, StepStatus.Failed, isSent: true);
        await PublishedAsync(quarter, codes[5], PublicationStatus.Failed, StepStatus.Waiting, isSent: false);

        Assert.StartsWith("Only what is in the bin", await DeleteAsync(quarter, codes[0]), StringComparison.Ordinal);
        Assert.StartsWith("This item is in Sage.", await DeleteAsync(quarter, codes[1]), StringComparison.Ordinal);
        foreach (var unclear in codes[2..4]) Assert.Contains("not certain that it did not arrive there", await DeleteAsync(quarter, unclear), StringComparison.Ordinal);
        foreach (var refused in codes[4..]) Assert.Null(await DeleteAsync(quarter, refused));
        Assert.Equal("This item does not exist any more.", await DeleteAsync(quarter, codes[4]));
        Assert.Equal(4, (await RestAsync(quarter, codes)).Count);
    }

    [Fact]
    public async Task A_Standard_user_deletes_nothing_for_ever_and_nobody_what_belongs_to_another_business()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (marsh, brook) = (quarter.Town.Marsh, quarter.Town.Brook);
        await quarter.ForgetAsync([marsh.StandardsItem.Code, marsh.AdminsItem.Code]);
        await Assert.ThrowsAsync<AccessDeniedException>(() => quarter.Get<DeletionDesk>().DeleteAsync(quarter.Town.Claim(Who.Standard), marsh.StandardsItem.Code));
        await Assert.ThrowsAsync<AccessDeniedException>(() => quarter.Get<BulkDesk>().AskAsync(quarter.Town.Claim(Who.Standard), new BulkOrder(BulkAction.DeleteForEver, new BulkChoice.Ticked([marsh.StandardsItem.Code]))));
        Assert.Equal("This item does not exist any more.", await DeleteAsync(quarter, brook.AdminsItem.Code));

        // Of an item that was never theirs to see, a Standard user is told nothing.
        Assert.Null(await DeleteAsync(quarter, marsh.StandardsItem.Code));
        Assert.Null(await DeleteAsync(quarter, marsh.AdminsItem.Code));
        Assert.NotNull(await quarter.Get<DeletionDesk>().FindAsync(quarter.Town.Claim(Who.Standard), marsh.StandardsItem.Code));
        Assert.Null(await quarter.Get<DeletionDesk>().FindAsync(quarter.Town.Claim(Who.Standard), marsh.AdminsItem.Code));
    }

    [Fact]
    public async Task A_document_goes_with_the_last_item_that_uses_it_and_its_file_with_the_last_document_that_has_it()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (marsh, files) = (quarter.Town.Marsh, quarter.Get<DocumentStore>());
        var file = (await files.SaveAsync("a paper"u8.ToArray())).Sha256;
        var document = NewDocument(marsh, file);
        var codes = await quarter.NewItemsAsync(3, (item, n) =>
        {
            item.Place = Place.Bin;
            // Two share a document; the third has one of its own, which is the same file.
            if (n < 2) item.DocumentId = document.Id;
            else item.Document = NewDocument(marsh, file);
            if (n == 0) item.Document = document;
        });
        var elsewhere = await quarter.NewItemsAsync(quarter.Town.Brook, 1, (item, _) => item.Document = NewDocument(quarter.Town.Brook, file));

        Assert.Null(await DeleteAsync(quarter, codes[0]));
        await SweepAsync(quarter, marsh, later: true);
        Assert.True(await HasAsync(quarter, document.Id));
        Assert.Null(await DeleteAsync(quarter, codes[1]));
        await SweepAsync(quarter, marsh, later: true);
        Assert.False(await HasAsync(quarter, document.Id));
        Assert.True(Has(files, file));
        Assert.Null(await DeleteAsync(quarter, codes[2]));
        await SweepAsync(quarter, marsh, later: true);
        Assert.True(Has(files, file));

        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Brook.Id)) await db.Items.Where(i => i.Code == elsewhere[0]).ExecuteUpdateAsync(set => set.SetProperty(i => i.Place, Place.Bin));
        Assert.Null(await quarter.Get<DeletionDesk>().DeleteAsync(new Caller(quarter.Town.Brook.People[Role.Admin], quarter.Town.Brook.Id), elsewhere[0]));
        await SweepAsync(quarter, quarter.Town.Brook, later: true);
        Assert.False(Has(files, file));
    }

    [Fact]
    public async Task The_smaller_copy_that_Sage_got_goes_with_its_document_unless_another_has_the_same()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (marsh, files) = (quarter.Town.Marsh, quarter.Get<DocumentStore>());
        var (large, other, small) = (await KeepAsync("large"), await KeepAsync("another large"), await KeepAsync("small"));
        var codes = await quarter.NewItemsAsync(2, (item, n) =>
        {
            item.Place = Place.Bin;
            item.Document = NewDocument(marsh, n == 0 ? large : other);
            item.Document.Copy = new SentCopy { Sha256 = small, Length = 5, ContentType = "application/pdf" };
        });

        Assert.Null(await DeleteAsync(quarter, codes[0]));
        await SweepAsync(quarter, marsh, later: true);
        Assert.Equal((false, true), (Has(files, large), Has(files, small)));
        Assert.Null(await DeleteAsync(quarter, codes[1]));
        await SweepAsync(quarter, marsh, later: true);
        Assert.Equal((false, false), (Has(files, other), Has(files, small)));

        async Task<string> KeepAsync(string content) => (await files.SaveAsync(System.Text.Encoding.UTF8.GetBytes(content))).Sha256;
    }

    [Fact]
    public async Task A_file_that_was_just_stored_waits_an_hour_since_somebody_may_be_about_to_use_it()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (item, files) = (quarter.Town.Marsh.AdminsItem, quarter.Get<DocumentStore>());
        var document = item.Document!;
        await quarter.ForgetAsync([item.Code]);
        Assert.Null(await DeleteAsync(quarter, item.Code));

        Assert.NotNull(await SweepAsync(quarter, quarter.Town.Marsh, later: false));
        Assert.True(await HasAsync(quarter, document.Id));
        await using var everyone = await quarter.Get<BusinessStore>().OpenForEveryoneAsync();
        Assert.Equal([quarter.Town.Marsh.Id], await quarter.Get<LeavingDocuments>().Pending(everyone).ToListAsync());
        Assert.Null(await SweepAsync(quarter, quarter.Town.Marsh, later: true));
        Assert.False(await HasAsync(quarter, document.Id));
        Assert.False(Has(files, document.Sha256));
        // Its text is found no more.
        await everyone.Database.ExecuteSqlRawAsync("INSERT INTO DocumentSearch(DocumentSearch, rank) VALUES('integrity-check', 1)");
        Assert.Empty(await quarter.Get<LeavingDocuments>().Pending(everyone).ToListAsync());
    }

    [Fact]
    public async Task What_was_merged_into_it_goes_with_it_unless_that_may_be_in_Sage()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(2, (item, n) => item.Document = NewDocument(quarter.Town.Marsh, new string((char)('a' + n), 64)));
        var merged = await MergedAsync(quarter, codes);
        await quarter.ForgetAsync([merged]);
        await PublishedAsync(quarter, codes[1], PublicationStatus.Failed, StepStatus.Unknown, isSent: true);
        Assert.Equal($"Item {codes[1]}, which went into this one, was sent to Sage. Both stay as the record of it.", await DeleteAsync(quarter, merged));
        Assert.Equal(3, (await RestAsync(quarter, [.. codes, merged])).Count);

        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id)) await db.Publications.Where(p => p.Item!.Code == codes[1]).ExecuteDeleteAsync();
        Assert.Null(await DeleteAsync(quarter, merged));
        Assert.Empty(await RestAsync(quarter, [.. codes, merged]));
        Assert.Equal(merged, (await quarter.Get<DeletionDesk>().FindAsync(quarter.Town.Claim(Who.Admin), codes[0]))!.With);
    }

    [Fact]
    public async Task Without_one_of_its_parts_a_document_is_not_put_together_again_and_the_whole_of_it_goes()
    {
        await using var quarter = await Quarter.OpenAsync();
        var by = quarter.Town.Claim(Who.Bookkeeper);
        var code = (await quarter.NewItemsAsync(1, (item, _) => item.Document = NewDocument(quarter.Town.Marsh, new string('c', 64), pages: 3)))[0];
        var whole = (await quarter.ItemsAsync([code]))[0].DocumentId!.Value;
        var desk = new SplitDesk(quarter.Get<BusinessStore>(), new Pages(), quarter.Get<JobQueue>(), quarter.Get<BusinessSignal>(), TimeProvider.System);
        var parts = (await desk.SplitAsync(by, code, [1, 2])).Codes;
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id)) await db.Items.Where(i => parts.Contains(i.Code)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, ItemStatus.ToReview));
        await quarter.ForgetAsync([parts[0]]);

        Assert.Null(await DeleteAsync(quarter, parts[0]));

        Assert.StartsWith("This item was not split", await desk.UndoAsync(by, code), StringComparison.Ordinal);
        Assert.Null(await desk.StandingAsync(by, parts[1]));
        await SweepAsync(quarter, quarter.Town.Marsh, later: true);
        Assert.False(await HasAsync(quarter, whole));
        Assert.Equal(2, (await RestAsync(quarter, [code, .. parts])).Count);
    }

    [Fact]
    public async Task Of_many_each_is_deleted_or_told_why_not_and_none_comes_back()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(3);
        var binned = await quarter.RunAsync(BulkAction.Delete, codes);
        await PublishedAsync(quarter, codes[1], PublicationStatus.Failed, StepStatus.Unknown, isSent: true);

        var run = await quarter.RunAsync(BulkAction.DeleteForEver, codes);

        Assert.Equal((BulkStatus.Completed, 2, 1, false), (run.Status, run.Done, run.Skipped, run.CanBeUndone));
        Assert.Equal(codes[1], Assert.Single(await quarter.SkippedAsync(run)).Code);
        Assert.Equal("This cannot be undone from here.", (await quarter.Get<BulkDesk>().UndoAsync(quarter.Town.Claim(Who.Bookkeeper), run.Id)).Refusal);
        var undo = (await quarter.Get<BulkDesk>().UndoAsync(quarter.Town.Claim(Who.Bookkeeper), binned.Id)).RunId!.Value;
        await quarter.WorkAsync();
        Assert.Equal((1, 2), ((await quarter.SeeAsync(Who.Bookkeeper, undo)).Done, (await quarter.SeeAsync(Who.Bookkeeper, undo)).Skipped));
        Assert.Equal(codes[1], Assert.Single(await RestAsync(quarter, codes)).Code);
    }

    private static Task<string?> DeleteAsync(Quarter quarter, string code) => quarter.Get<DeletionDesk>().DeleteAsync(quarter.Town.Claim(Who.Bookkeeper), code);

    private static async Task<List<Item>> RestAsync(Quarter quarter, IReadOnlyList<string> codes)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.Items.AsNoTracking().Where(i => codes.Contains(i.Code)).ToListAsync();
    }

    private static async Task<bool> HasAsync(Quarter quarter, Guid document)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.Documents.AnyAsync(d => d.Id == document);
    }

    private static bool Has(DocumentStore files, string sha256)
    {
        using var stored = files.OpenRead(sha256);
        return stored is not null;
    }

    /// <param name="later">When no file is young any more.</param>
    private static Task<DateTimeOffset?> SweepAsync(Quarter quarter, House house, bool later)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + (later ? LeavingDocuments.Settled * 2 : TimeSpan.Zero));
        return new LeavingDocuments(quarter.Get<BusinessStore>(), quarter.Get<DocumentStore>(), clock).RunAsync(house.Id, CancellationToken.None);
    }

    private static async Task PublishedAsync(Quarter quarter, string code, PublicationStatus status, StepStatus step, bool isSent)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var item = await db.Items.SingleAsync(i => i.Code == code);
        var publication = new Publication { BusinessId = item.BusinessId, ItemId = item.Id, Generation = 1, RequestedById = quarter.Town.Marsh.People[Role.Admin], RequestedAt = DateTimeOffset.UnixEpoch, Status = status };
        publication.Steps.Add(new PublicationStep
        {
            PublicationId = publication.Id, BusinessId = item.BusinessId, Kind = StepKind.CreateDocument, IdempotencyId = publication.Id.ToString("N"), Status = step, SentAt = isSent ? DateTimeOffset.UnixEpoch : null,
        });
        db.Add(publication);
        await db.SaveChangesAsync();
    }

    private static async Task<string> MergedAsync(Quarter quarter, IReadOnlyList<string> codes)
    {
        var desk = new MergeDesk(quarter.Get<BusinessStore>(), quarter.Get<ItemDetails>(), new Pages(), quarter.Get<JobQueue>(), quarter.Get<BusinessSignal>(), TimeProvider.System);
        return (await desk.MergeAsync(quarter.Town.Claim(Who.Bookkeeper), codes, new Dictionary<ItemField, string>())).Code!;
    }

    private static Document NewDocument(House house, string sha256, int pages = 1) => new() { BusinessId = house.Id, Sha256 = sha256, FileName = "paper.pdf", ContentType = "application/pdf", Length = 7, Pages = pages };

    /// <summary>A binder that opens no file.</summary>
    private sealed class Pages : IPageBinder
    {
        public Task<BoundPages> BindAsync(Guid businessId, IReadOnlyList<Sheets> sheets, string fileName, CancellationToken cancellationToken = default) => Task.FromResult(new BoundPages(
            new Document { BusinessId = businessId, Sha256 = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"), FileName = fileName, ContentType = "application/pdf", Length = 1, Pages = sheets.Sum(s => s.To - s.From + 1) }, Refusal: null));
    }
}
