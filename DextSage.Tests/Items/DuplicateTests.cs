using CsCheck;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>What looks like the same paper, found and decided on through the services.</summary>
public sealed class DuplicateTests
{
    private static readonly Guid[] Ids = [Guid.Empty, Guid.NewGuid(), Guid.NewGuid()];
    private static readonly DateOnly Day = new(2026, 10, 5);
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Looks> AnyLooks = Gen.Select(Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]).Select(n => new Looks(
        Guid.NewGuid(), n.Item1 ? Workspace.Sales : Workspace.Costs, Place.Inbox, n.Item2 == 0 ? null : Ids[n.Item2], n.Item3 switch { 0 => null, 1 => "Castle", _ => "CASTLE " },
        n.Item4 switch { 0 => null, 1 => "R-1", _ => "r-1" }, n.Item5 == 0 ? null : Day.AddDays(n.Item5), n.Item6 == 0 ? null : 120, n.Item7 == 0 ? null : "GBP", null, n.Item7 == 1 ? "aa" : null));

    [Fact]
    public void To_look_alike_is_mutual() => Gen.Select(AnyLooks, AnyLooks).Sample((one, other) =>
    {
        Assert.Equal(one.To(other), other.To(one));
        Assert.Equal(Likeness.None, one.To(one));
    });

    [Fact]
    public void What_is_missing_looks_like_nothing() => Gen.Select(AnyLooks, AnyLooks).Sample((one, other) =>
    {
        var blank = one with { Sha256 = null };
        Assert.Equal(Likeness.None, (blank with { Total = null }).To(other with { Total = null }));
        Assert.Equal(Likeness.None, (blank with { Party = null, PartyId = null }).To(other));
        Assert.Equal(Likeness.None, (blank with { Currency = "USD" }).To(other with { Currency = "GBP" }));
        Assert.False((blank with { Reference = null }).To(other).HasFlag(Likeness.Reference));
        Assert.False((blank with { Date = null }).To(other).HasFlag(Likeness.Date));
        Assert.Equal(Likeness.None, (one with { Place = Place.Bin }).To(other));
    });

    [Fact]
    public async Task Which_one_waits_does_not_depend_on_the_order_in_which_they_are_saved()
    {
        await Gen.Shuffle(new[] { 0, 1, 2 }).SampleAsync(async order =>
        {
            await using var quarter = await Quarter.OpenAsync();
            string[] codes = ["MINE000000", "MINE000001", "MINE000002"];
            foreach (var n in order) await AddAsync(quarter, codes[n], hour: n, item => item.Reference = $"R-{n}");
            foreach (var n in order) Assert.Null((await EditAsync(quarter, codes[n], new ItemEdit.SetReference("THE SAME"))).Refusal);

            Assert.Equal([ItemStatus.Ready, ItemStatus.ToReview, ItemStatus.ToReview], [await StatusAsync(quarter, codes[0]), await StatusAsync(quarter, codes[1]), await StatusAsync(quarter, codes[2])]);
        }, iter: 3, threads: 1);
    }

    [Fact]
    public async Task A_business_that_does_not_want_to_be_asked_has_no_item_held_until_it_wants_to_be_again()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "FIRST00000", hour: 0);
        await AddAsync(quarter, "LATER00000", hour: 1);
        Assert.Equal(ItemStatus.ToReview, await StatusAsync(quarter, "LATER00000"));

        await SetAsync(DuplicateCheck.Off);
        Assert.Equal(ItemStatus.Ready, await StatusAsync(quarter, "LATER00000"));
        Assert.Empty((await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), "LATER00000"))!.Issues);
        await AddAsync(quarter, "THIRD00000", hour: 2);
        Assert.Equal(ItemStatus.Ready, await StatusAsync(quarter, "THIRD00000"));

        await SetAsync(DuplicateCheck.Review);
        Assert.Equal([ItemStatus.Ready, ItemStatus.ToReview, ItemStatus.ToReview], [await StatusAsync(quarter, "FIRST00000"), await StatusAsync(quarter, "LATER00000"), await StatusAsync(quarter, "THIRD00000")]);

        async Task SetAsync(DuplicateCheck wanted)
        {
            var (desk, admin) = (quarter.Get<SettingsDesk>(), quarter.Town.Claim(Who.Admin));
            var values = (await desk.ReadAsync(admin))!.Values;
            Assert.Null((await desk.SaveAsync(admin, values, values with { Duplicates = wanted })).Refusal);
        }
    }

    [Fact]
    public async Task The_later_one_waits_and_says_for_what_until_its_key_field_is_edited()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "FIRST00000", hour: 0);
        await AddAsync(quarter, "LATER00000", hour: 1);

        var issue = Assert.Single((await ReadAsync(quarter, "LATER00000")).Issues);
        Assert.Equal("This looks like item FIRST00000: same supplier, reference, date and total, added 20 November 2026 by Standard of marsh.", issue.Sentence);
        Assert.Equal("FIRST00000", issue.Twin);
        Assert.Equal((ItemStatus.Ready, ItemStatus.ToReview), (await StatusAsync(quarter, "FIRST00000"), await StatusAsync(quarter, "LATER00000")));

        // An edit of the first one frees the later one, and its undo holds it again.
        var edit = await EditAsync(quarter, "FIRST00000", new ItemEdit.SetCurrency("EUR"));
        Assert.Equal(ItemStatus.Ready, await StatusAsync(quarter, "LATER00000"));
        await EditAsync(quarter, "FIRST00000", edit.Undo!);
        Assert.Equal(ItemStatus.ToReview, await StatusAsync(quarter, "LATER00000"));
    }

    [Fact]
    public async Task The_one_in_Sage_stands_and_what_is_in_the_bin_or_in_the_other_workspace_is_no_duplicate()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "EARLY00000", hour: 0, i => i.Reference = "R-0");
        await AddAsync(quarter, "INSAGE0000", hour: 1, i => (i.Status, i.Place) = (ItemStatus.Published, Place.Archive));
        await AddAsync(quarter, "BINNED0000", hour: 0, i => (i.Place, i.Reference) = (Place.Bin, "R-0"));
        await AddAsync(quarter, "SALE000000", hour: 0, i => (i.Workspace, i.Reference) = (Workspace.Sales, "R-0"));

        Assert.Contains("item INSAGE0000: same supplier, date and total", Assert.Single((await ReadAsync(quarter, "EARLY00000")).Issues).Sentence, StringComparison.Ordinal);
        await EditAsync(quarter, "EARLY00000", new ItemEdit.SetDate(Day.AddDays(1)));
        Assert.Equal(ItemStatus.Ready, await StatusAsync(quarter, "EARLY00000"));
    }

    [Fact]
    public async Task What_is_different_stays_quiet_until_it_looks_alike_in_another_way()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "FIRST00000", hour: 0, i => i.Reference = "R-0");
        await AddAsync(quarter, "LATER00000", hour: 1);
        Assert.Null(await Desk(quarter).DifferentAsync(quarter.Town.Claim(Who.Bookkeeper), "LATER00000", "FIRST00000"));
        Assert.Equal(ItemStatus.Ready, await StatusAsync(quarter, "LATER00000"));

        // The same likeness, gone and come again, is not asked about again.
        await EditAsync(quarter, "LATER00000", new ItemEdit.SetTotal(60));
        await EditAsync(quarter, "FIRST00000", new ItemEdit.SetTotal(60));
        Assert.DoesNotContain((await ReadAsync(quarter, "LATER00000")).Issues, i => i.Field is ItemField.Duplicate);
        // The same number as well is something new.
        await EditAsync(quarter, "FIRST00000", new ItemEdit.SetReference("R-9"));
        Assert.Single((await ReadAsync(quarter, "LATER00000")).Issues, i => i.Field is ItemField.Duplicate);

        Assert.Null(await Desk(quarter).DifferentAsync(quarter.Town.Claim(Who.Bookkeeper), "FIRST00000", "LATER00000"));
        Assert.Null(await Desk(quarter).UndecideAsync(quarter.Town.Claim(Who.Admin), "FIRST00000", "LATER00000"));
        Assert.Equal(ItemStatus.ToReview, await StatusAsync(quarter, "LATER00000"));
    }

    [Fact]
    public async Task Of_the_same_one_is_kept_takes_the_document_and_gives_it_back_on_undo()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "FIRST00000", hour: 0, i => i.Document = null);
        await AddAsync(quarter, "LATER00000", hour: 1);
        var paper = (await ReadAsync(quarter, "LATER00000")).Document!.Id;
        var caller = quarter.Town.Claim(Who.Bookkeeper);

        Assert.Null(await Desk(quarter).SameAsync(caller, keepCode: "FIRST00000", dropCode: "LATER00000"));
        Assert.Equal(Place.Bin, (await ReadAsync(quarter, "LATER00000")).Place);
        Assert.Equal(paper, (await ReadAsync(quarter, "FIRST00000")).Document!.Id);
        Assert.Equal("LATER00000", (await Desk(quarter).CompareAsync(caller, "LATER00000", "FIRST00000"))!.Dropped);

        Assert.Null(await Desk(quarter).UndoSameAsync(caller, "FIRST00000", "LATER00000"));
        Assert.Equal((Place.Inbox, ItemStatus.ToReview), ((await ReadAsync(quarter, "LATER00000")).Place, await StatusAsync(quarter, "LATER00000")));
        Assert.Null((await ReadAsync(quarter, "FIRST00000")).Document);
    }

    [Fact]
    public async Task The_published_one_is_always_kept()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "INSAGE0000", hour: 0, i => (i.Status, i.Place) = (ItemStatus.Published, Place.Archive));
        await AddAsync(quarter, "LATER00000", hour: 1);
        var caller = quarter.Town.Claim(Who.Admin);

        Assert.Equal("Item INSAGE0000 is in Sage, so it is the one to keep.", await Desk(quarter).SameAsync(caller, "LATER00000", "INSAGE0000"));
        Assert.Equal("INSAGE0000", (await Desk(quarter).CompareAsync(caller, "LATER00000", "INSAGE0000"))!.MustKeep);
        Assert.Null(await Desk(quarter).SameAsync(caller, "INSAGE0000", "LATER00000"));
    }

    [Fact]
    public async Task What_somebody_may_not_see_is_not_named_to_them_and_not_theirs_to_decide()
    {
        await using var quarter = await Quarter.OpenAsync();
        await AddAsync(quarter, "ALMAS00000", hour: 0, owner: Role.Admin);
        await AddAsync(quarter, "CARAS00000", hour: 1);
        var standard = quarter.Town.Claim(Who.Standard);

        var issue = Assert.Single((await quarter.Get<ItemDetails>().FindAsync(standard, "CARAS00000"))!.Issues);
        Assert.Null(issue.Twin);
        Assert.DoesNotContain("ALMAS00000", issue.Sentence, StringComparison.Ordinal);
        Assert.Null(await Desk(quarter).CompareAsync(standard, "CARAS00000", "ALMAS00000"));
        Assert.NotNull(await Desk(quarter).DifferentAsync(standard, "CARAS00000", "ALMAS00000"));
        Assert.NotNull(await Desk(quarter).SameAsync(quarter.Town.Claim(Who.Admin), "CARAS00000", quarter.Town.Brook.AdminsItem.Code));
        Assert.Equal(ItemStatus.ToReview, await StatusAsync(quarter, "CARAS00000"));
    }

    private static DuplicateDesk Desk(Quarter quarter) => quarter.Get<DuplicateDesk>();

    private static async Task<EditOutcome> EditAsync(Quarter quarter, string code, ItemEdit edit) =>
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), code, edit, (await ReadAsync(quarter, code)).Version);

    private static async Task<ItemView> ReadAsync(Quarter quarter, string code) => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), code))!;

    private static async Task<ItemStatus> StatusAsync(Quarter quarter, string code) => (await ReadAsync(quarter, code)).Status;

    /// <summary>An item that is Ready by itself, saved as everybody saves them.</summary>
    private static async Task AddAsync(Quarter quarter, string code, int hour, Action<Item>? change = null, Role owner = Role.Standard)
    {
        var house = quarter.Town.Marsh;
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        var item = new Item
        {
            BusinessId = house.Id, Code = code, OwnerId = house.People[owner], Source = ItemSource.Upload, CreatedAt = Morning.AddHours(hour), Status = ItemStatus.ToReview,
            SupplierId = house.Supplier.Id, SupplierName = house.Supplier.Name, CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id,
            Date = Day, Currency = "GBP", Total = 240, Tax = 40, Reference = "R-9",
            Document = new Document { BusinessId = house.Id, Sha256 = code.ToLowerInvariant(), FileName = $"{code}.pdf", ContentType = "application/pdf", Length = 1 },
        };
        change?.Invoke(item);
        db.Add(item);
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, CancellationToken.None), Morning, CancellationToken.None);
    }
}
