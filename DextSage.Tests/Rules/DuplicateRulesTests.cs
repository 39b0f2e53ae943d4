using CsCheck;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Rules;

/// <summary>Whether items wait that look like others, as their suppliers' rules have it.</summary>
public sealed class DuplicateRulesTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(DuplicateCheck.Review, DuplicateCheck.Off, ItemStatus.Ready)]
    [InlineData(DuplicateCheck.Off, DuplicateCheck.Review, ItemStatus.ToReview)]
    [InlineData(DuplicateCheck.Review, null, ItemStatus.ToReview)]
    [InlineData(DuplicateCheck.Off, null, ItemStatus.Ready)]
    public Task The_suppliers_rule_wins_over_the_settings(DuplicateCheck settings, DuplicateCheck? rule, ItemStatus later) => WithSuppliersAsync(async (quarter, suppliers) =>
    {
        await SetAsync(quarter, settings);
        await SaveAsync(quarter, suppliers[0], rule);

        await AddAsync(quarter, "FIRST00000", suppliers[0], hour: 0);
        await AddAsync(quarter, "LATER00000", suppliers[0], hour: 1);

        var item = await ReadAsync(quarter, "LATER00000");
        Assert.Equal((later, later is ItemStatus.ToReview ? 1 : 0), (item.Status, item.Issues.Count(i => i.Field is ItemField.Duplicate)));
        Assert.Equal(later is ItemStatus.ToReview, await IsMarkedAsync(quarter, "LATER00000"));
        Assert.Equal(ItemStatus.Ready, (await ReadAsync(quarter, "FIRST00000")).Status);
    });

    [Fact]
    public Task Whatever_is_done_to_rules_settings_and_items_the_marks_are_those_of_the_rules() => WithSuppliersAsync(async (quarter, suppliers) =>
    {
        var desk = quarter.Get<RulesDesk>();
        string[] codes = ["ITEM000000", "ITEM000001", "ITEM000002", "ITEM000003", "ITEM000004"];
        for (var n = 0; n < codes.Length; n++) await AddAsync(quarter, codes[n], suppliers[n % 2], hour: n);
        var (settings, rules, whose) = (DuplicateCheck.Review, new DuplicateCheck?[2], codes.Select((_, n) => n % 2).ToArray());

        await Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1], Gen.Int[0, 4], Gen.Bool).Array[1, 6].SampleAsync(async steps =>
        {
            foreach (var (what, supplier, item, isOff) in steps)
            {
                var check = isOff ? DuplicateCheck.Off : DuplicateCheck.Review;
                var draft = (await desk.OfSubjectAsync(Admin(quarter), RuleKind.Supplier, suppliers[supplier].Id)).Draft;
                switch (what)
                {
                    case 0:
                        await SetAsync(quarter, settings = check);
                        break;
                    case 1:
                        await SaveAsync(quarter, suppliers[supplier], rules[supplier] = check);
                        break;
                    case 2 when draft.Id is { } id:
                        Assert.Null(await desk.SetOnAsync(Admin(quarter), id, isOn: !isOff));
                        rules[supplier] = isOff ? null : draft.Actions.Duplicates;
                        break;
                    case 3 when draft.Id is { } id:
                        Assert.Null(await desk.DeleteAsync(Admin(quarter), id));
                        rules[supplier] = null;
                        break;
                    case 4:
                        Assert.Null((await quarter.Get<ItemDesk>().EditAsync(Admin(quarter), codes[item], new ItemEdit.SetSupplier(suppliers[supplier].Id), int.MaxValue)).Refusal);
                        whose[item] = supplier;
                        break;
                    case 5 or 6:
                        var edited = await desk.EditManyAsync(Admin(quarter), new ListQuery(ListKind.Suppliers), [.. suppliers.Select(s => s.Id)], new RulesChange(new HashSet<RuleField> { RuleField.Duplicates }, new() { Duplicates = isOff ? null : DuplicateCheck.Off }));
                        if (what is 6 && edited.Before is { } before) Assert.Equal(0, await desk.UndoAsync(Admin(quarter), before));
                        else
                            for (var n = 0; n < 2; n++) rules[n] = await IsOnAsync(quarter, suppliers[n]) && !isOff ? DuplicateCheck.Off : null;
                        break;
                }
            }

            for (var n = 0; n < codes.Length; n++)
            {
                var waits = (rules[whose[n]] ?? settings) is DuplicateCheck.Review && Array.IndexOf(whose, whose[n]) < n;
                var view = await ReadAsync(quarter, codes[n]);
                Assert.Equal((codes[n], waits, waits ? ItemStatus.ToReview : ItemStatus.Ready, waits), (codes[n], await IsMarkedAsync(quarter, codes[n]), view.Status, view.Issues.Count > 0));
            }
        }, iter: 25, threads: 1);
    });

    [Fact]
    public Task What_would_wait_or_be_let_go_is_told_before_the_rule_is_saved() => WithSuppliersAsync(async (quarter, suppliers) =>
    {
        await AddAsync(quarter, "FIRST00000", suppliers[0], hour: 0);
        await AddAsync(quarter, "LATER00000", suppliers[0], hour: 1);
        await AddAsync(quarter, "OTHER00000", suppliers[1], hour: 2);
        var off = Draft(suppliers[0], DuplicateCheck.Off);
        const string alike = "looks like item FIRST00000: same supplier, reference, date and total";

        var letGo = Assert.Single((await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), off)).Rows);
        Assert.Equal(("LATER00000", new ChangeView(ItemField.Duplicate, null, null, alike, "not held as one")), (letGo.Code, Assert.Single(letGo.Changes)));
        Assert.True(await IsMarkedAsync(quarter, "LATER00000"));

        var id = (await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), off)).Id!.Value;
        Assert.False(await IsMarkedAsync(quarter, "LATER00000"));
        // Nothing of it is left to apply, and it is no hit: nothing is written on an item.
        Assert.Equal("There is nothing to do: no item in the inbox would change.", (await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), id)).Refusal);
        var rule = (await quarter.Get<RulesDesk>().OverviewAsync(Admin(quarter))).Rules.Single(r => r.Id == id);
        Assert.Equal((0, "Duplicates: Off"), (rule.Hits, Assert.Single(rule.Then)));

        var held = Assert.Single((await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), off with { Id = id, Version = 1, Actions = new() { Duplicates = DuplicateCheck.Review } })).Rows);
        Assert.Equal(("LATER00000", new ChangeView(ItemField.Duplicate, null, null, "not held as one", alike)), (held.Code, Assert.Single(held.Changes)));
        Assert.False(await IsMarkedAsync(quarter, "LATER00000"));
    });

    [Fact]
    public Task Where_a_supplier_takes_the_place_of_another_its_items_are_marked_by_the_rule_that_stays() => WithSuppliersAsync(async (quarter, suppliers) =>
    {
        await SaveAsync(quarter, suppliers[0], DuplicateCheck.Off);
        await AddAsync(quarter, "FIRST00000", suppliers[0], hour: 0);
        await AddAsync(quarter, "LATER00000", suppliers[0], hour: 1);
        Assert.False(await IsMarkedAsync(quarter, "LATER00000"));
        await SaveAsync(quarter, suppliers[1], DuplicateCheck.Review);
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Suppliers.Where(s => s.Id == suppliers[0].Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.RetiredAt, DateTimeOffset.UnixEpoch));

        Assert.Null((await quarter.Get<ListMatching>().ApplyAsync(Admin(quarter), ListKind.Suppliers, new Dictionary<Guid, Guid> { [suppliers[0].Id] = suppliers[1].Id })).Refusal);

        Assert.True(await IsMarkedAsync(quarter, "LATER00000"));
        Assert.Equal(ItemStatus.ToReview, (await ReadAsync(quarter, "LATER00000")).Status);
    });

    [Theory]
    [InlineData(RuleKind.Condition)]
    [InlineData(RuleKind.PaymentMethod)]
    [InlineData(RuleKind.User)]
    public async Task No_other_rule_says_what_becomes_of_duplicates(RuleKind kind)
    {
        await using var quarter = await Quarter.OpenAsync();
        var isCondition = kind is RuleKind.Condition;
        var draft = new RuleDraft(Id: null, kind, isCondition ? null : Guid.CreateVersion7(), "a", IsOn: true, isCondition ? new() { From = 1 } : new(), new() { Duplicates = DuplicateCheck.Off });

        Assert.NotNull((await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), draft)).Refusal);
    }

    private static RuleDraft Draft(Supplier supplier, DuplicateCheck? check) => new(Id: null, RuleKind.Supplier, supplier.Id, "", IsOn: true, new(), new() { Duplicates = check, WorkflowNote = check is null ? "Ask Ann" : null });

    private static async Task SaveAsync(Quarter quarter, Supplier supplier, DuplicateCheck? check)
    {
        var known = (await quarter.Get<RulesDesk>().OfSubjectAsync(Admin(quarter), RuleKind.Supplier, supplier.Id)).Draft;
        Assert.Null((await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), Draft(supplier, check) with { Id = known.Id, Version = known.Version })).Refusal);
    }

    private static async Task SetAsync(Quarter quarter, DuplicateCheck wanted)
    {
        var desk = quarter.Get<SettingsDesk>();
        var values = (await desk.ReadAsync(Admin(quarter)))!.Values;
        Assert.Null((await desk.SaveAsync(Admin(quarter), values, values with { Duplicates = wanted })).Refusal);
    }

    private static async Task<bool> IsOnAsync(Quarter quarter, Supplier supplier)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.Rules.AnyAsync(r => r.SubjectId == supplier.Id && r.IsOn);
    }

    private static async Task<bool> IsMarkedAsync(Quarter quarter, string code)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.Items.Where(i => i.Code == code).Select(i => i.IsDuplicate).SingleAsync();
    }

    private static async Task<ItemView> ReadAsync(Quarter quarter, string code) => (await quarter.Get<ItemDetails>().FindAsync(Admin(quarter), code))!;

    private static Caller Admin(Quarter quarter) => quarter.Town.Claim(Who.Admin);

    /// <summary>An item that is Ready by itself, saved as everybody saves them.</summary>
    private static async Task AddAsync(Quarter quarter, string code, Supplier supplier, int hour)
    {
        var house = quarter.Town.Marsh;
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        db.Add(new Item
        {
            BusinessId = house.Id, Code = code, OwnerId = house.People[Role.Standard], Source = ItemSource.Upload, CreatedAt = Morning.AddHours(hour), Status = ItemStatus.ToReview,
            SupplierId = supplier.Id, SupplierName = supplier.Name, CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id,
            Date = new DateOnly(2026, 10, 5), Currency = "GBP", Total = 240, Tax = 40, Reference = "R-9",
        });
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, CancellationToken.None), Morning, CancellationToken.None);
    }

    private static async Task WithSuppliersAsync(Func<Quarter, IReadOnlyList<Supplier>, Task> test)
    {
        await using var quarter = await Quarter.OpenAsync();
        Supplier[] suppliers = [.. new[] { "Castle", "Harbour" }.Select(name => new Supplier { BusinessId = quarter.Town.Marsh.Id, SageId = name, Name = name, DisplayName = name })];
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            db.AddRange(suppliers);
            await db.SaveChangesAsync();
        }

        await test(quarter, suppliers);
    }
}
