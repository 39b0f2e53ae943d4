using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Several items become one, and are brought back.</summary>
public sealed class MergeTests
{
    private static readonly string[] Three = ["FIRST00000", "SECOND0000", "THIRD00000"];
    private static readonly Dictionary<ItemField, string> Nothing = [];

    [Fact]
    public async Task Merging_and_unmerging_leaves_every_item_as_it_was_also_when_the_merged_one_was_edited()
    {
        await Gen.Select(Gen.Shuffle(Three), Gen.Int[2, 3], Gen.Bool).SampleAsync(async (order, count, isArchived) =>
        {
            await using var quarter = await Quarter.OpenAsync();
            for (var n = 0; n < 3; n++) await AddAsync(quarter, Three[n], n, i => i.Place = isArchived && i.Code == Three[1] ? Place.Archive : Place.Inbox);
            var codes = order[..count];
            var before = await AllAsync(quarter);

            var merged = await Desk(quarter).MergeAsync(quarter.Town.Claim(Who.Bookkeeper), codes, Nothing);
            Assert.Null(merged.Refusal);
            Assert.Equal(ItemStatus.Ready, (await ReadAsync(quarter, merged.Code!)).Status);
            Assert.Null((await EditAsync(quarter, merged.Code!, new ItemEdit.SetTotal(12))).Refusal);
            Assert.NotNull((await EditAsync(quarter, codes[0], new ItemEdit.SetTotal(12))).Refusal);
            Assert.Null(await Desk(quarter).UnmergeAsync(quarter.Town.Claim(Who.Bookkeeper), merged.Code!));

            Assert.Equal(before, await AllAsync(quarter));
            Assert.NotNull(await Desk(quarter).UnmergeAsync(quarter.Town.Claim(Who.Bookkeeper), merged.Code!));
        }, iter: 4, threads: 1);
    }

    [Fact]
    public async Task The_first_items_values_are_taken_unless_another_is_chosen_and_all_lines_come_along()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, Three[0], 0, i => (i.Description, i.Total) = (null, 10));
        await AddAsync(quarter, Three[1], 1, i => (i.Description, i.Total) = ("From the second", 20));
        foreach (var code in Three[..2]) Assert.Null((await EditAsync(quarter, code, new ItemEdit.AddLine(new LineDraft($"Line of {code}", 5)))).Refusal);

        var preview = await Desk(quarter).PreviewAsync(quarter.Town.Claim(Who.Bookkeeper), Three[..2]);
        Assert.Contains(preview.Warnings, w => w.StartsWith("The totals differ: 10.00, 20.00.", StringComparison.Ordinal));
        Assert.Contains(preview.Choices, c => c.Field is ItemField.Total && c.Default == Three[0]);

        var merged = await Desk(quarter).MergeAsync(quarter.Town.Claim(Who.Bookkeeper), Three[..2], new Dictionary<ItemField, string> { [ItemField.Total] = Three[1] });
        var item = await ReadAsync(quarter, merged.Code!);
        Assert.Equal((20m, "From the second", "R-0"), (item.Total, item.Description, item.Reference));
        Assert.Equal(["Line of FIRST00000", "Line of SECOND0000"], item.Lines.Select(l => l.Description).Order(StringComparer.Ordinal).Where(d => d!.StartsWith("Line of", StringComparison.Ordinal)));
        Assert.Equal("first000002second00001.pdf", item.Document!.FileName);
    }

    [Fact]
    public async Task What_is_in_Sage_in_the_bin_or_somebody_elses_is_not_merged()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, Three[0], 0);
        await AddAsync(quarter, Three[1], 1, i => (i.Status, i.Place) = (ItemStatus.Published, Place.Archive));
        await AddAsync(quarter, Three[2], 2, i => i.Workspace = Workspace.Sales);
        var admin = quarter.Town.Claim(Who.Admin);

        Assert.Equal("Item SECOND0000 is in Sage. What is there cannot be merged here.", (await Desk(quarter).MergeAsync(admin, Three[..2], Nothing)).Refusal);
        Assert.Equal("Costs and sales cannot be merged with each other.", (await Desk(quarter).MergeAsync(admin, [Three[0], Three[2]], Nothing)).Refusal);
        Assert.Equal("Choose at least two items to merge.", (await Desk(quarter).MergeAsync(admin, [Three[0], Three[0]], Nothing)).Refusal);
        Assert.NotNull((await Desk(quarter).MergeAsync(admin, [Three[0], quarter.Town.Brook.AdminsItem.Code], Nothing)).Refusal);
        Assert.NotNull((await Desk(quarter).MergeAsync(quarter.Town.Claim(Who.Standard), [quarter.Town.Marsh.StandardsItem.Code, quarter.Town.Marsh.AdminsItem.Code], Nothing)).Refusal);
    }

    [Fact]
    public async Task A_merged_item_in_Sage_stays_one()
    {
        await using var quarter = await Quarter.OpenAsync();
        foreach (var n in new[] { 0, 1 }) await AddAsync(quarter, Three[n], n);
        var merged = (await Desk(quarter).MergeAsync(quarter.Town.Claim(Who.Admin), Three[..2], Nothing)).Code!;
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            db.Items.Single(i => i.Code == merged).Status = ItemStatus.Published;
            await db.SaveChangesAsync();
        }

        Assert.StartsWith("This item is in Sage, so it stays one.", await Desk(quarter).UnmergeAsync(quarter.Town.Claim(Who.Admin), merged), StringComparison.Ordinal);
        Assert.Equal(merged, (await Desk(quarter).StandingAsync(quarter.Town.Claim(Who.Admin), Three[0]))!.Into);
    }

    private static MergeDesk Desk(Quarter quarter) =>
        new(quarter.Get<BusinessStore>(), quarter.Get<ItemDetails>(), new NameBinder(), quarter.Get<JobQueue>(), quarter.Get<BusinessSignal>(), TimeProvider.System);

    private static async Task<EditOutcome> EditAsync(Quarter quarter, string code, ItemEdit edit) =>
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), code, edit, (await ReadAsync(quarter, code)).Version);

    private static async Task<ItemView> ReadAsync(Quarter quarter, string code) => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), code))!;

    private static async Task<List<string>> AllAsync(Quarter quarter)
    {
        var all = new List<string>();
        foreach (var code in Three)
        {
            var i = await ReadAsync(quarter, code);
            all.Add($"{i.Code} {i.Place} {i.Status} {i.SupplierId} {i.CategoryId} {i.TaxRateId} {i.Date} {i.Reference} {i.Currency} {i.Total} {i.Tax} {i.Description} {i.Document?.Id} {string.Join(';', i.Issues.Select(s => s.Sentence))}");
        }

        return all;
    }

    private static async Task AddAsync(Quarter quarter, string code, int n, Action<Item>? change = null)
    {
        var house = quarter.Town.Marsh;
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        var item = new Item
        {
            BusinessId = house.Id, Code = code, OwnerId = house.People[Role.Standard], Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch.AddDays(n), Status = ItemStatus.ToReview,
            SupplierId = house.Supplier.Id, SupplierName = house.Supplier.Name, CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id,
            Date = new DateOnly(2026, 10, 5 + n), Currency = "GBP", Total = 240 + (n * 12), Tax = 40 + (n * 2), Reference = $"R-{n}",
            Document = new Document { BusinessId = house.Id, Sha256 = code.ToLowerInvariant(), FileName = $"{code}.pdf", ContentType = "application/pdf", Length = 1, Pages = 2 - n % 2 },
        };
        change?.Invoke(item);
        db.Add(item);
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, CancellationToken.None), DateTimeOffset.UnixEpoch, CancellationToken.None);
    }

    /// <summary>A binder that opens no file: what it was given is the new one's name.</summary>
    private sealed class NameBinder : IPageBinder
    {
        public Task<BoundPages> BindAsync(Guid businessId, IReadOnlyList<Sheets> sheets, string fileName, CancellationToken cancellationToken = default)
        {
            var name = string.Concat(sheets.Select(s => $"{s.Document.Sha256}{s.To}"));
            return Task.FromResult(new BoundPages(new Document { BusinessId = businessId, Sha256 = name, FileName = $"{name}.pdf", ContentType = "application/pdf", Length = 1, Pages = sheets.Sum(s => s.To) }, Refusal: null));
        }
    }
}
