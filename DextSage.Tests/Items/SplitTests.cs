using CsCheck;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>A document of several papers becomes an item for each, and one again.</summary>
public sealed class SplitTests
{
    [Fact]
    public void The_parts_are_all_pages_each_once() => Gen.Select(Gen.Int[1, 40], Gen.Int[-3, 45].Array[0, 12]).Sample((pages, cuts) =>
    {
        var parts = PageCuts.Parts(pages, cuts);
        Assert.Equal(Enumerable.Range(1, pages), parts.SelectMany(p => Enumerable.Range(p.From, p.To - p.From + 1)));
        Assert.Equal(cuts.Where(c => c > 0 && c < pages).Distinct().Count() + 1, parts.Count);
    });

    [Fact]
    public void Every_so_many_pages_is_a_part_but_the_last_may_be_shorter() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 12]).Sample((pages, each) =>
    {
        var parts = PageCuts.Parts(pages, PageCuts.Every(pages, each));
        Assert.All(parts.SkipLast(1), p => Assert.Equal(each, p.To - p.From + 1));
        Assert.InRange(parts[^1].To - parts[^1].From + 1, 1, each);
    });

    [Fact]
    public async Task Splitting_and_putting_together_again_leaves_the_item_as_it_was()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter);
        var before = await ReadAsync(quarter, code);

        var split = await Desk(quarter).SplitAsync(quarter.Town.Claim(Who.Bookkeeper), code, [2, 3]);
        Assert.Null(split.Refusal);
        Assert.Equal(2, split.Codes.Count);
        Assert.Equal(("whole", "whole pages 1 to 2.pdf", 2), (before.Document!.FileName[..5], (await ReadAsync(quarter, code)).Document!.FileName, (await ReadAsync(quarter, code)).Document!.Pages));
        Assert.Equal(["whole page 3.pdf", "whole pages 4 to 5.pdf"], [(await ReadAsync(quarter, split.Codes[0])).Document!.FileName, (await ReadAsync(quarter, split.Codes[1])).Document!.FileName]);
        foreach (var part in split.Codes) Assert.Equal(ItemStatus.Processing, (await ReadAsync(quarter, part)).Status);
        Assert.Contains("is still being read", await Desk(quarter).UndoAsync(quarter.Town.Claim(Who.Bookkeeper), code), StringComparison.Ordinal);

        await ReadThroughAsync(quarter, split.Codes);
        Assert.Null(await Desk(quarter).UndoAsync(quarter.Town.Claim(Who.Bookkeeper), code));
        var after = await ReadAsync(quarter, code);
        Assert.Equal((before.Document.Id, before.Place, before.Status, before.Total, before.Reference), (after.Document!.Id, after.Place, after.Status, after.Total, after.Reference));
        foreach (var part in split.Codes) Assert.Equal(Place.Aside, (await ReadAsync(quarter, part)).Place);
    }

    [Fact]
    public async Task What_somebody_has_gone_on_with_is_not_put_together_again()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter);
        var split = await Desk(quarter).SplitAsync(quarter.Town.Claim(Who.Bookkeeper), code, [1]);
        await ReadThroughAsync(quarter, split.Codes);
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), split.Codes[0], new ItemEdit.SetNote("mine"), int.MaxValue);

        Assert.StartsWith($"Item {split.Codes[0]} was edited since.", await Desk(quarter).UndoAsync(quarter.Town.Claim(Who.Bookkeeper), code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_was_split_itself_is_put_together_first_and_what_was_split_is_not_unmerged()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (code, by) = (await AddAsync(quarter, isMerged: true), quarter.Town.Claim(Who.Bookkeeper));
        var part = Assert.Single((await Desk(quarter).SplitAsync(by, code, [1])).Codes);
        await ReadThroughAsync(quarter, [part]);
        await ReadThroughAsync(quarter, (await Desk(quarter).SplitAsync(by, part, [2])).Codes);

        Assert.Equal($"Item {part} was split itself. Put its pages together again first.", await Desk(quarter).UndoAsync(by, code));
        Assert.Equal("This item's pages were split since. Put them together again first.", await quarter.Get<MergeDesk>().UnmergeAsync(by, code));
        Assert.Null(await Desk(quarter).UndoAsync(by, part));
        Assert.Null(await Desk(quarter).UndoAsync(by, code));
        Assert.Equal(5, (await ReadAsync(quarter, code)).Document!.Pages);
    }

    [Fact]
    public async Task A_file_that_cannot_be_taken_apart_changes_nothing_and_nobody_elses_item_is_split()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter);
        var before = await ReadAsync(quarter, code);

        Assert.Equal("It is damaged.", (await Desk(quarter, "It is damaged.").SplitAsync(quarter.Town.Claim(Who.Admin), code, [1])).Refusal);
        Assert.Equal("Choose at least one page to cut after.", (await Desk(quarter).SplitAsync(quarter.Town.Claim(Who.Admin), code, [0, 5, 9])).Refusal);
        Assert.StartsWith("The pages of this document cannot be counted", (await Desk(quarter).SplitAsync(quarter.Town.Claim(Who.Admin), quarter.Town.Marsh.AdminsItem.Code, [1])).Refusal, StringComparison.Ordinal);
        Assert.Equal("This item does not exist any more.", (await Desk(quarter).SplitAsync(quarter.Town.Claim(Who.Standard), quarter.Town.Marsh.AdminsItem.Code, [1])).Refusal);
        Assert.Equal("This item does not exist any more.", (await Desk(quarter).SplitAsync(quarter.Town.Claim(Who.Admin), quarter.Town.Brook.AdminsItem.Code, [1])).Refusal);
        var after = await ReadAsync(quarter, code);
        Assert.Equal((before.Version, before.Document!.Id), (after.Version, after.Document!.Id));
    }

    private static SplitDesk Desk(Quarter quarter, string? refusal = null) =>
        new(quarter.Get<BusinessStore>(), new Binder(refusal), quarter.Get<JobQueue>(), quarter.Get<BusinessSignal>(), TimeProvider.System);

    private static async Task<ItemView> ReadAsync(Quarter quarter, string code) => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), code))!;

    /// <summary>As the reader leaves what it can read nothing of.</summary>
    private static async Task ReadThroughAsync(Quarter quarter, IReadOnlyList<string> codes)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        await db.Items.Where(i => codes.Contains(i.Code)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, ItemStatus.ToReview));
    }

    private static async Task<string> AddAsync(Quarter quarter, bool isMerged = false)
    {
        var house = quarter.Town.Marsh;
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        var item = new Item
        {
            BusinessId = house.Id, Code = ItemCode.New(), OwnerId = house.People[Role.Standard], Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
            SupplierId = house.Supplier.Id, SupplierName = house.Supplier.Name, CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id,
            Date = new DateOnly(2026, 10, 5), Currency = "GBP", Total = 240, Tax = 40, Reference = "R-1",
            Document = new Document { BusinessId = house.Id, Sha256 = "whole", FileName = "whole.pdf", ContentType = "application/pdf", Length = 1, Pages = 5 },
        };
        db.Add(item);
        if (isMerged) db.Add(new ItemMerge { BusinessId = house.Id, IntoId = item.Id, PersonId = house.People[Role.Admin], At = DateTimeOffset.UnixEpoch });
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, CancellationToken.None), DateTimeOffset.UnixEpoch, CancellationToken.None);
        return item.Code;
    }

    /// <summary>A binder that opens no file.</summary>
    private sealed class Binder(string? refusal) : IPageBinder
    {
        public Task<BoundPages> BindAsync(Guid businessId, IReadOnlyList<Sheets> sheets, string fileName, CancellationToken cancellationToken = default) => Task.FromResult(refusal is not null
            ? new BoundPages(Document: null, refusal)
            : new BoundPages(new Document { BusinessId = businessId, Sha256 = fileName, FileName = fileName, ContentType = "application/pdf", Length = 1, Pages = sheets.Sum(s => s.To - s.From + 1) }, Refusal: null));
    }
}
