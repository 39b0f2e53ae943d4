using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>One item becomes two by amount, and one again.</summary>
public sealed class AmountSplitTests
{
    [Fact]
    public void The_parts_are_the_whole_to_the_penny_and_neither_has_more_tax_than_total() => Gen.Select(Gen.Int[2, 10_000_000], Gen.Int[0, 10_000_000], Gen.Int[1, 10_000_000]).Sample((total, tax, part) =>
    {
        var (whole, within, some) = (total / 100m, Math.Min(tax, total) / 100m, Math.Min(part, total - 1) / 100m);
        Assert.Null(AmountShare.Refusal(whole, some));
        var (one, rest) = AmountShare.Of(whole, within, some);
        Assert.Equal((whole, within), (one.Total + rest.Total, one.Tax + rest.Tax));
        Assert.All([one, rest], s => Assert.True(s.Total > 0 && s.Tax >= 0 && s.Tax <= s.Total && decimal.Round(s.Tax.Value, 2) == s.Tax, $"{s}"));
    });

    [Fact]
    public async Task Split_and_put_together_again_the_item_has_what_it_had()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = (await quarter.NewItemsAsync(1, (item, _) => (item.CategoryId, item.Document) = (quarter.Town.Marsh.Category.Id, NewDocument(quarter))))[0];
        await EditAsync(quarter, code, new ItemEdit.SetNote("as it was"));
        var before = await ReadAsync(quarter, code);

        var part = (await SplitAsync(quarter, code, 40)).Code!;
        var (rest, made) = (await ReadAsync(quarter, code), await ReadAsync(quarter, part));
        Assert.Equal((80m, 13.33m, 40m, 6.67m), (rest.Total, rest.Tax, made.Total, made.Tax));
        Assert.Equal((before.SupplierId, before.CategoryId, before.TaxRateId, before.Date, before.Reference, before.Note, before.Document, before.OwnerId), (made.SupplierId, made.CategoryId, made.TaxRateId, made.Date, made.Reference, made.Note, made.Document, made.OwnerId));
        // The same file, the same reference, and no duplicates.
        Assert.Equal([ItemStatus.Ready, ItemStatus.Ready], [rest.Status, made.Status]);
        var third = (await SplitAsync(quarter, part, 20)).Code!;
        Assert.Equal([ItemStatus.Ready, ItemStatus.Ready, ItemStatus.Ready], [(await ReadAsync(quarter, code)).Status, (await ReadAsync(quarter, part)).Status, (await ReadAsync(quarter, third)).Status]);

        Assert.Null(await UndoAsync(quarter, part, third));
        Assert.Null(await UndoAsync(quarter, code, part));
        var after = await ReadAsync(quarter, code);
        Assert.Equal((before.Total, before.Tax, before.Status, before.Place), (after.Total, after.Tax, after.Status, after.Place));
        Assert.Equal(Place.Aside, (await ReadAsync(quarter, part)).Place);
        Assert.Equal("These were put together again already.", await UndoAsync(quarter, code, part));
        Assert.Equal([$"split 40.00 of it off into item {part}", $"put it together again with item {part}"], (await quarter.HistoryAsync(code)).Where(c => c.Field is ItemField.Pages).Select(c => c.To));
    }

    [Fact]
    public async Task What_cannot_be_split_is_refused_and_stays_as_it_is()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(4, (item, n) =>
        {
            if (n == 1) item.Total = null;
            if (n == 2) (item.Status, item.Place) = (ItemStatus.Published, Place.Archive);
        });
        Assert.Null((await EditAsync(quarter, codes[3], new ItemEdit.AddLine(new LineDraft("A line", 5)))).Refusal);

        foreach (var amount in new[] { 0, -1, 120, 500 }) Assert.Equal("The new item gets more than 0.00 and less than 120.00, the whole of it.", (await SplitAsync(quarter, codes[0], amount)).Refusal);
        Assert.Equal("An amount has two decimals at most.", (await SplitAsync(quarter, codes[0], 0.001m)).Refusal);
        Assert.Equal("Enter the total amount first.", (await SplitAsync(quarter, codes[1], 1)).Refusal);
        Assert.StartsWith("This item is in Sage.", (await SplitAsync(quarter, codes[2], 1)).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("This item is split into lines", (await SplitAsync(quarter, codes[3], 1)).Refusal, StringComparison.Ordinal);
        Assert.Equal("This item was changed meanwhile. Look at it again, then split it.", (await quarter.Get<AmountSplitDesk>().SplitAsync(quarter.Town.Claim(Who.Admin), codes[0], 1, 99)).Refusal);
        Assert.Equal("This item does not exist any more.", (await quarter.Get<AmountSplitDesk>().SplitAsync(quarter.Town.Claim(Who.Standard), quarter.Town.Marsh.AdminsItem.Code, 1, 0)).Refusal);
        Assert.Equal((120m, 20m, 0), (await ReadAsync(quarter, codes[0])) is var item ? (item.Total, item.Tax, item.Version) : default);
    }

    [Fact]
    public async Task What_became_of_a_part_is_what_comes_back_unless_it_is_in_Sage_or_in_another_currency()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = (await quarter.NewItemsAsync(1))[0];
        var part = (await SplitAsync(quarter, code, 40)).Code!;
        await EditAsync(quarter, part, new ItemEdit.SetCurrency("EUR"));
        Assert.Equal($"Item {part} is in another currency by now. The two stay apart.", await UndoAsync(quarter, code, part));
        await EditAsync(quarter, part, new ItemEdit.SetCurrency("GBP"));
        await EditAsync(quarter, part, new ItemEdit.SetTotal(50));
        await quarter.ForgetAsync([part]);
        Assert.Equal($"Item {part}: This item is in the bin. Restore it to change it.", await UndoAsync(quarter, code, part));
        await EditAsync(quarter, part, new ItemEdit.Restore());

        Assert.Null(await UndoAsync(quarter, code, part));
        Assert.Equal(130m, (await ReadAsync(quarter, code)).Total);

        // Deleted for ever, it takes along what went back into it.
        await quarter.ForgetAsync([code]);
        Assert.Null(await quarter.Get<DeletionDesk>().DeleteAsync(quarter.Town.Claim(Who.Admin), code));
        Assert.Null(await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), part));
    }

    private static async Task<AmountSplitOutcome> SplitAsync(Quarter quarter, string code, decimal amount) =>
        await quarter.Get<AmountSplitDesk>().SplitAsync(quarter.Town.Claim(Who.Bookkeeper), code, amount, (await ReadAsync(quarter, code)).Version);

    private static Task<string?> UndoAsync(Quarter quarter, string code, string part) => quarter.Get<AmountSplitDesk>().UndoAsync(quarter.Town.Claim(Who.Bookkeeper), code, part);

    private static async Task<EditOutcome> EditAsync(Quarter quarter, string code, ItemEdit edit) =>
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), code, edit, (await ReadAsync(quarter, code)).Version);

    private static async Task<ItemView> ReadAsync(Quarter quarter, string code) => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), code))!;

    private static Document NewDocument(Quarter quarter) => new() { BusinessId = quarter.Town.Marsh.Id, Sha256 = new string('d', 64), FileName = "paper.pdf", ContentType = "application/pdf", Length = 7, Pages = 1 };
}
