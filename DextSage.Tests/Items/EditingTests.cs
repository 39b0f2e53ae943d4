using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Edits through the desk and the database, as two people at two screens make them.</summary>
public sealed class EditingTests
{
    private static readonly Gen<string?> Words = Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['a', 'z'], 1, 20].Select(s => (string?)s));

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(n => choices[n]);

    /// <summary>One edit of every field: each field's set of edits knows of no other field.</summary>
    private static Gen<ItemEdit[]> OneEditAField(House house) => Gen.Select(
        OneOf<ItemEdit>(new ItemEdit.SetType(ItemType.Invoice), new ItemEdit.SetType(ItemType.Receipt), new ItemEdit.SetType(ItemType.CreditNote)),
        OneOf<ItemEdit>(new ItemEdit.SetSupplier(null), new ItemEdit.SetSupplier(house.Supplier.Id), new ItemEdit.NewSupplier("Castle")),
        OneOf<ItemEdit>(new ItemEdit.SetCategory(null), new ItemEdit.SetCategory(house.Category.Id)),
        OneOf<ItemEdit>(new ItemEdit.SetTaxRate(null), new ItemEdit.SetTaxRate(house.TaxRate.Id)),
        OneOf<ItemEdit>(new ItemEdit.SetDate(null), new ItemEdit.SetDate(new DateOnly(2026, 11, 3))),
        OneOf<ItemEdit>(new ItemEdit.SetDueDate(null), new ItemEdit.SetDueDate(new DateOnly(2026, 11, 2)), new ItemEdit.SetDueDate(new DateOnly(2026, 12, 2))),
        OneOf<ItemEdit>(new ItemEdit.SetCurrency("GBP"), new ItemEdit.SetCurrency("eur"), new ItemEdit.SetCurrency(null)),
        Gen.Select(OneOf<decimal?>(120m, 60m, null), OneOf<decimal?>(20m, 10m, null), Words, Words))
        .Select((type, supplier, category, rate, date, due, currency, rest) => new[]
        {
            type, supplier, category, rate, date, due, currency, new ItemEdit.SetTotal(rest.Item1), new ItemEdit.SetTax(rest.Item2),
            new ItemEdit.SetReference(rest.Item3), new ItemEdit.SetNote(rest.Item4),
        });

    [Fact]
    public async Task The_status_and_the_fields_depend_on_the_edits_and_not_on_their_order()
    {
        await using var quarter = await Quarter.OpenAsync();
        var plan = OneEditAField(quarter.Town.Marsh).SelectMany(edits => Gen.Shuffle(edits).Select(shuffled => (edits, shuffled)));
        await plan.SampleAsync(async pair =>
        {
            var (left, right) = (await EditedAsync(quarter, pair.edits), await EditedAsync(quarter, pair.shuffled));
            Assert.Equal(left.Status, right.Status);
            Assert.Equal(Fields(left), Fields(right));
            Assert.Equal(left.Issues.Select(i => i.Sentence), right.Issues.Select(i => i.Sentence));
            Assert.Equal(left.Issues.Count == 0, left.Status is ItemStatus.Ready);
        }, iter: 15, threads: 1);
    }

    [Fact]
    public async Task Two_editors_at_once_never_lose_a_field()
    {
        await using var quarter = await Quarter.OpenAsync();
        await OneEditAField(quarter.Town.Marsh).SelectMany(edits => Gen.Shuffle(edits)).SampleAsync(async edits =>
        {
            // Both look at the item as it was first, and see nothing of each other's work.
            var code = await NewItemAsync(quarter);
            for (var n = 0; n < edits.Length; n++)
                Assert.Null((await EditAsync(quarter, n % 2 == 0 ? Who.Admin : Who.Bookkeeper, code, edits[n], seenVersion: n % 2 == 0 ? await VersionAsync(quarter, code) : 0)).Refusal);
            var expected = await NewItemAsync(quarter);
            foreach (var edit in edits) await EditAsync(quarter, Who.Admin, expected, edit);
            Assert.Equal(Fields(await ReadAsync(quarter, expected)), Fields(await ReadAsync(quarter, code)));
        }, iter: 15, threads: 1);
    }

    [Fact]
    public async Task The_second_to_change_a_field_is_refused_and_told_by_whom()
    {
        await using var quarter = await Quarter.OpenAsync();
        await OneEditAField(quarter.Town.Marsh).SampleAsync(async edits =>
        {
            foreach (var edit in edits)
            {
                var code = await NewItemAsync(quarter);
                var before = Fields(await ReadAsync(quarter, code));
                await EditAsync(quarter, Who.Admin, code, edit, seenVersion: 0);
                var theirs = await ReadAsync(quarter, code);
                var second = await EditAsync(quarter, Who.Bookkeeper, code, Another(edit), seenVersion: 0);
                // An edit that changed nothing stands in nobody's way.
                if (Fields(theirs).SequenceEqual(before, StringComparer.Ordinal)) continue;
                Assert.StartsWith("Admin of marsh changed this field a moment ago.", second.Refusal, StringComparison.Ordinal);
                Assert.Equal(Fields(theirs), Fields(await ReadAsync(quarter, code)));
                Assert.Null((await EditAsync(quarter, Who.Bookkeeper, code, Another(edit), await VersionAsync(quarter, code))).Refusal);
            }
        }, iter: 4, threads: 1);
    }

    [Fact]
    public async Task Undo_brings_the_field_back()
    {
        await using var quarter = await Quarter.OpenAsync();
        await Gen.Select(OneEditAField(quarter.Town.Marsh), OneEditAField(quarter.Town.Marsh)).SampleAsync(async (first, then) =>
        {
            var code = await NewItemAsync(quarter);
            foreach (var edit in first) await EditAsync(quarter, Who.Admin, code, edit);
            foreach (var edit in then)
            {
                var before = await ReadAsync(quarter, code);
                var outcome = await EditAsync(quarter, Who.Admin, code, edit);
                if (!outcome.IsSaved) continue;
                Assert.Null((await EditAsync(quarter, Who.Admin, code, outcome.Undo!)).Refusal);
                var after = await ReadAsync(quarter, code);
                Assert.Equal(Fields(before), Fields(after));
                Assert.Equal(before.Status, after.Status);
            }
        }, iter: 8, threads: 1);
    }

    [Theory]
    [InlineData(ItemType.SalesInvoice)]
    [InlineData(ItemType.Receipt)]
    [InlineData(ItemType.CreditNote)]
    public async Task What_was_moved_to_the_other_workspace_comes_back_as_it_was(ItemType type)
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await NewItemAsync(quarter, i => i.Type = type);

        var moved = await EditAsync(quarter, Who.Admin, code, new ItemEdit.MoveTo(Workspace.Sales));
        Assert.Equal((Workspace.Sales, type is ItemType.CreditNote ? type : ItemType.SalesInvoice), ((await ReadAsync(quarter, code)).Workspace, (await ReadAsync(quarter, code)).Type));
        await EditAsync(quarter, Who.Admin, code, moved.Undo!);

        Assert.Equal((Workspace.Costs, type), ((await ReadAsync(quarter, code)).Workspace, (await ReadAsync(quarter, code)).Type));
    }

    [Fact]
    public async Task Undo_brings_back_a_name_that_Sage_does_not_know()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await NewItemAsync(quarter, i => (i.SupplierId, i.SupplierName) = (null, "As the paper has it"));

        var outcome = await EditAsync(quarter, Who.Admin, code, new ItemEdit.SetSupplier(quarter.Town.Marsh.Supplier.Id));
        await EditAsync(quarter, Who.Admin, code, outcome.Undo!);

        var item = await ReadAsync(quarter, code);
        Assert.Equal((null, "As the paper has it", false), (item.SupplierId, item.SupplierName, item.CreateSupplier));
    }

    private static ItemEdit Another(ItemEdit edit) => edit switch
    {
        ItemEdit.SetType => new ItemEdit.SetType(ItemType.Statement),
        ItemEdit.SetSupplier or ItemEdit.NewSupplier => new ItemEdit.NewSupplier("Yet another"),
        ItemEdit.SetDate => new ItemEdit.SetDate(new DateOnly(2025, 1, 1)),
        ItemEdit.SetDueDate => new ItemEdit.SetDueDate(new DateOnly(2027, 1, 1)),
        ItemEdit.SetCurrency => new ItemEdit.SetCurrency("USD"),
        ItemEdit.SetTotal => new ItemEdit.SetTotal(77),
        ItemEdit.SetTax => new ItemEdit.SetTax(7),
        ItemEdit.SetReference => new ItemEdit.SetReference("ANOTHER"),
        ItemEdit.SetNote => new ItemEdit.SetNote("ANOTHER"),
        _ => edit,
    };

    private static string?[] Fields(ItemView i) =>
    [
        i.Type.ToString(), i.SupplierId?.ToString(), i.SupplierName, i.CreateSupplier.ToString(), i.CategoryId?.ToString(), i.TaxRateId?.ToString(), i.Date?.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture), i.DueDate?.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture),
        i.Reference, i.Description, i.Note, i.Currency, i.Total?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), i.Tax?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), i.PublishWithoutDocument.ToString(),
    ];

    // It goes to the bin afterwards: the next one would be its duplicate.
    private static async Task<ItemView> EditedAsync(Quarter quarter, IEnumerable<ItemEdit> edits)
    {
        var code = await NewItemAsync(quarter);
        foreach (var edit in edits) await EditAsync(quarter, Who.Admin, code, edit);
        var edited = await ReadAsync(quarter, code);
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        await db.Items.Where(i => i.Code == code).ExecuteUpdateAsync(set => set.SetProperty(i => i.Place, Place.Bin));
        return edited;
    }

    private static async Task<EditOutcome> EditAsync(Quarter quarter, Who who, string code, ItemEdit edit, int? seenVersion = null) =>
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(who), code, edit, seenVersion ?? await VersionAsync(quarter, code));

    private static async Task<int> VersionAsync(Quarter quarter, string code) => (await ReadAsync(quarter, code)).Version;

    private static async Task<ItemView> ReadAsync(Quarter quarter, string code) => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), code))!;

    private static async Task<string> NewItemAsync(Quarter quarter, Action<Item>? change = null)
    {
        var house = quarter.Town.Marsh;
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        var item = new Item
        {
            BusinessId = house.Id, Code = ItemCode.New(), OwnerId = house.People[Role.Standard], Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
            SupplierId = house.Supplier.Id, SupplierName = house.Supplier.Name, Date = new DateOnly(2026, 11, 1), Currency = "GBP", Total = 90, Tax = 5, Reference = "FIRST", Note = "first",
        };
        change?.Invoke(item);
        db.Add(item);
        await db.SaveChangesAsync();
        return item.Code;
    }
}
