using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items.Bulk;

public sealed class BulkEditingTests
{
    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(n => choices[n]);

    [Fact]
    public async Task Many_items_come_to_the_same_as_each_edited_on_its_own_page()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var edits = Gen.Select(
            OneOf<ItemEdit?>(null, new ItemEdit.SetCategory(house.Category.Id), new ItemEdit.SetCategory(null)),
            OneOf<ItemEdit?>(null, new ItemEdit.SetTaxRate(house.TaxRate.Id), new ItemEdit.SetTaxRate(null)),
            OneOf<ItemEdit?>(null, new ItemEdit.SetSupplier(house.Supplier.Id), new ItemEdit.SetSupplier(null), new ItemEdit.NewSupplier("Castle"), new ItemEdit.NewSupplier(house.Supplier.Name)),
            OneOf<ItemEdit?>(null, new ItemEdit.SetDate(new DateOnly(2026, 11, 3)), new ItemEdit.SetDate(null)),
            OneOf<ItemEdit?>(null, new ItemEdit.SetType(ItemType.Receipt), new ItemEdit.SetType(ItemType.Statement)),
            OneOf<ItemEdit?>(null, new ItemEdit.SetCurrency("EUR"), new ItemEdit.SetCurrency(null)),
            OneOf<ItemEdit?>(null, new ItemEdit.SetDescription("the same for all"), new ItemEdit.SetNote("=1+1")),
            OneOf<ItemEdit?>(null, new ItemEdit.SetOwner(house.People[Role.Admin]), new ItemEdit.NewCustomer("Keep")))
            .Select((a, b, c, d, e, f, g, h) => new[] { a, b, c, d, e, f, g, h }.OfType<ItemEdit>().ToList()).Where(list => list.Count > 0);
        await edits.SampleAsync(async list =>
        {
            var alone = await quarter.NewItemsAsync(3, Vary);
            foreach (var (code, n) in alone.Select((code, n) => (code, n)))
                foreach (var edit in list) Assert.Null((await EditAsync(quarter, code, edit)).Refusal);
            var each = await quarter.ItemsAsync(alone);
            // Out of the way: the others would be their duplicates.
            await quarter.ForgetAsync(alone);
            var together = await quarter.NewItemsAsync(3, Vary);

            var run = await quarter.RunAsync(BulkAction.Edit, together, list);

            Assert.Equal((BulkStatus.Completed, 3, 0), (run.Status, run.Done, run.Skipped));
            foreach (var (one, other) in each.Zip(await quarter.ItemsAsync(together)))
            {
                Assert.Equal(Held(one), Held(other));
                Assert.Equal(Net(await quarter.HistoryAsync(one.Code)), Net(await quarter.HistoryAsync(other.Code)));
            }

            await quarter.ForgetAsync(together);
        }, iter: 25, threads: 1);
    }

    [Fact]
    public async Task What_an_item_holds_already_makes_no_history()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(2, (item, n) => item.Note = n == 0 ? "kept" : null);

        var run = await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetNote("kept"));

        Assert.Equal(2, run.Done);
        Assert.Equal([0, 1], (await quarter.ItemsAsync(codes)).Select(i => i.Version));
        Assert.Empty(await quarter.HistoryAsync(codes[0]));
        Assert.Equal((null, "kept"), (await quarter.HistoryAsync(codes[1])) switch { [var only] => (only.From, only.To), _ => default });
    }

    [Fact]
    public async Task The_review_follows_and_a_failure_of_that_field_is_settled()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(2, (item, n) =>
        {
            item.Status = ItemStatus.ToReview;
            if (n == 1) item.Failure = new ItemFailure("Refused", ItemField.Category, "Sage does not take it.", "Choose another.", null);
        });

        await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetCategory(quarter.Town.Marsh.Category.Id));

        Assert.All(await quarter.ItemsAsync(codes), item => Assert.Equal((ItemStatus.Ready, null), (item.Status, item.Failure)));
    }

    [Fact]
    public async Task What_cannot_be_edited_is_skipped_and_says_why()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(7, (item, n) =>
        {
            if (n == 0) item.Status = ItemStatus.Processing;
            if (n == 1) item.Status = ItemStatus.Publishing;
            if (n == 2) (item.Status, item.Place) = (ItemStatus.Published, Place.Archive);
            if (n == 3) item.Place = Place.Bin;
            if (n == 4) item.Lines.Add(new ItemLine { BusinessId = item.BusinessId, ItemId = item.Id, Description = "one", UnitPrice = 120 });
            if (n == 5) item.Workspace = Workspace.Sales;
        });

        var run = await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetNote("all"), new ItemEdit.SetCategory(quarter.Town.Marsh.Category.Id));

        Assert.Equal((1, 6, 0), (run.Done, run.Skipped, run.Failed));
        var skipped = await quarter.SkippedAsync(run);
        Assert.Equal(codes.Take(6), skipped.Select(s => s.Code));
        Assert.Equal(
            [
                "This item is still being read.", "This item is on its way to Sage. It can be edited again if Sage refuses it.", "This item is in Sage. It can be corrected or withdrawn from here.",
                "This item is in the bin. Restore it to change it.", "This item is split into lines, and each has its own category. Open it to change them.",
                "That category is not on the list any more, or Sage does not take it for sales. Choose another.",
            ], skipped.Select(s => s.Sentence));
        // None is half changed: the note before the category was put back.
        Assert.Equal([.. Enumerable.Repeat<string?>(null, 6), "all"], (await quarter.ItemsAsync(codes)).Select(i => i.Note));
        Assert.Equal(run.Skipped, (await quarter.ItemsAsync(codes)).Count(i => i.Version == 0));
    }

    [Fact]
    public async Task What_no_item_could_take_is_refused_before_anything_is_begun()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(1);
        foreach (var (edits, words) in new (ItemEdit[], string)[]
        {
            ([], "at least one field"), ([new ItemEdit.SetTotal(5)], "at least one field"), ([new ItemEdit.SetNote("a"), new ItemEdit.SetNote("b")], "at least one field"),
            ([new ItemEdit.SetCategory(quarter.Town.Brook.Category.Id)], "not on the list"), ([new ItemEdit.SetOwner(quarter.Town.PersonId(Who.Stranger))], "does not belong to this business"),
            ([new ItemEdit.SetDate(new DateOnly(1066, 10, 14))], "no date"),
        })
        {
            var answer = await quarter.Get<BulkDesk>().AskAsync(quarter.Town.Claim(Who.Admin), new BulkOrder(BulkAction.Edit, new BulkChoice.Ticked(codes), edits));
            Assert.Null(answer.RunId);
            Assert.Contains(words, answer.Refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Anothers_items_and_another_businesss_are_not_among_them()
    {
        await using var quarter = await Quarter.OpenAsync();
        var admins = await quarter.NewItemsAsync(1, (item, _) => item.OwnerId = quarter.Town.PersonId(Who.Admin));
        var own = await quarter.NewItemsAsync(1);
        var brooks = await quarter.NewItemsAsync(quarter.Town.Brook, 1);

        var run = await quarter.RunAsync(Who.Standard, BulkAction.Archive, [.. admins, .. own, .. brooks]);

        Assert.Equal((1, 1, 0), (run.Total, run.Done, run.Skipped));
        Assert.Equal([Place.Inbox, Place.Archive], (await quarter.ItemsAsync([.. admins, .. own])).Select(i => i.Place));
        await using var next = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Brook.Id);
        Assert.Equal(Place.Inbox, (await next.Items.SingleAsync(i => i.Code == brooks[0])).Place);
        var answer = await quarter.Get<BulkDesk>().AskAsync(quarter.Town.Claim(Who.Standard), new BulkOrder(BulkAction.Delete, new BulkChoice.Ticked([.. admins, .. brooks])));
        Assert.Equal("None of these items exists any more.", answer.Refusal);
    }

    [Fact]
    public async Task A_colleagues_later_word_on_the_same_field_stays()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(3);
        var asked = await quarter.AskedAsync(Who.Bookkeeper, BulkAction.Edit, codes, new ItemEdit.SetNote("for all"));
        Assert.Null((await EditAsync(quarter, codes[0], new ItemEdit.SetNote("mine"))).Refusal);
        Assert.Null((await EditAsync(quarter, codes[1], new ItemEdit.SetReference("mine"))).Refusal);

        await quarter.WorkAsync();

        Assert.Equal(["mine", "for all", "for all"], (await quarter.ItemsAsync(codes)).Select(i => i.Note));
        var skipped = Assert.Single(await quarter.SkippedAsync(await quarter.SeeAsync(Who.Bookkeeper, asked)));
        Assert.Equal((codes[0], "Admin of marsh changed its note meanwhile. What they chose stays."), (skipped.Code, skipped.Sentence));
    }

    private static void Vary(Item item, int n)
    {
        if (n == 1) (item.SupplierId, item.SupplierName, item.TaxRateId) = (null, "As the paper has it", null);
        if (n == 2) (item.Total, item.Tax, item.Note) = (60, 10, "its own");
    }

    private static async Task<EditOutcome> EditAsync(Quarter quarter, string code, ItemEdit edit) =>
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), code, edit, (await quarter.ItemsAsync([code]))[0].Version);

    private static string Held(Item i) => string.Join('|', new object?[]
    {
        i.Status, i.Type, i.SupplierId, i.SupplierName, i.CreateSupplier, i.CustomerId, i.CustomerName, i.CreateCustomer, i.CategoryId, i.CategoryName, i.TaxRateId, i.ClassId, i.LocationId,
        i.Description, i.Date, i.DueDate, i.Currency, i.Total, i.Tax, i.Note, i.OwnerId, i.Workspace, i.Place, i.Failure,
    });

    /// <summary>From what to what each field went in the end, whatever lay between.</summary>
    private static IEnumerable<(ItemField, string?, string?)> Net(List<ItemChange> history) =>
        history.GroupBy(c => c.Field).OrderBy(g => g.Key).Select(g => (g.Key, g.First().From, g.Last().To)).Where(c => c.Item2 != c.Item3);
}
