using CsCheck;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Rules;

public sealed class RulesDeskTests
{
    [Fact]
    public async Task A_rule_is_tried_before_it_is_saved_and_then_does_what_the_trial_said()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(3, (item, n) => (item.Total, item.Tax) = n == 0 ? (120, 20) : (240, 40));
        var draft = Draft("Dear", new() { From = 240, Suppliers = [house.Supplier.Id] }, new() { CategoryId = house.Category.Id, Description = "dear things" });

        var trial = await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), draft);

        Assert.Equal((null, 2), (trial.Refusal, trial.Changed));
        Assert.Equal(codes.Skip(1).Order(), trial.Rows.Select(r => r.Code).Order());
        Assert.Contains(trial.Rows[0].Changes, c => c is { Field: ItemField.Category, From: null } && c.To == house.Category.DisplayName);
        Assert.All(await quarter.ItemsAsync(codes), i => Assert.Null(i.CategoryId));

        var rule = await SaveAsync(quarter, draft);
        var run = await ApplyAsync(quarter, rule);

        Assert.Equal((BulkStatus.Completed, 2, 0), (run.Status, run.Done, run.Skipped));
        var items = await quarter.ItemsAsync(codes);
        Assert.Equal([null, house.Category.Id, house.Category.Id], items.Select(i => i.CategoryId));
        Assert.Equal([ItemStatus.ToReview, ItemStatus.Ready, ItemStatus.Ready], items.Select(i => i.Status));
        var set = (await quarter.HistoryAsync(codes[1])).Where(c => c.Field is ItemField.Category).ToList();
        Assert.Equal([(ChangeCause.Rule, "Rule “Dear”", (Guid?)rule)], set.Select(c => (c.Cause, c.RuleWords, c.RuleId)));
        var view = await quarter.Get<ItemDetails>().FindAsync(Admin(quarter), codes[1]);
        Assert.Equal(new SetBy(ChangeCause.Rule, "Rule “Dear”"), view!.SetBy[ItemField.Category]);
        var shown = (await quarter.Get<RulesDesk>().OverviewAsync(Admin(quarter))).Rules.Single(r => r.Id == rule);
        Assert.Equal(2, shown.Hits);
        // Again it changes nothing.
        Assert.Equal(0, (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), draft with { Id = rule, Version = 1 })).Changed);
    }

    [Fact]
    public async Task A_name_that_a_rule_has_written_is_not_found_by_another()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(1, (item, _) => (item.Total, item.Tax, item.SupplierId, item.SupplierName) = (240, 40, null, null));
        var named = Draft("Named", new() { Texts = [house.Supplier.Name], From = 240 }, new() { Description = "by its name" });
        Assert.Equal(0, (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), named)).Changed);

        var rule = await SaveAsync(quarter, Draft("From", new() { From = 240 }, new() { SupplierId = house.Supplier.Id }));
        await ApplyAsync(quarter, rule);

        Assert.Equal(house.Supplier.Id, (await quarter.ItemsAsync(codes))[0].SupplierId);
        Assert.Equal(0, (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), named)).Changed);
    }

    [Fact]
    public async Task An_application_is_undone_and_the_mended_rule_may_be_applied_again()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(2, (item, _) => (item.Total, item.Tax) = (300, 50));
        var rule = await SaveAsync(quarter, Draft("split", new() { Suppliers = [house.Supplier.Id], From = 300 }, new() { Description = "both", Flag = true, Split = [new("a", house.Category.Id, house.TaxRate.Id, 75), new("b", house.Category.Id, house.TaxRate.Id, 25)] }));
        var before = await quarter.ItemsAsync(codes);

        var run = await ApplyAsync(quarter, rule);
        var after = await quarter.ItemsAsync(codes);
        Assert.All(after, i => Assert.Equal((2, "both", "Rule “split”"), (i.Lines.Count, i.Description, i.FlaggedBy)));
        Assert.All(after, i => Assert.Equal(300, i.Lines.Sum(l => l.Gross)));
        var undo = await quarter.Get<BulkDesk>().UndoAsync(Admin(quarter), run.Id);
        Assert.Null(undo.Refusal);
        await quarter.WorkAsync();

        var undone = await quarter.ItemsAsync(codes);
        Assert.All(undone, i => Assert.Equal((0, (string?)null, (string?)null), (i.Lines.Count, i.Description, i.FlaggedBy)));
        Assert.Equal(before.Select(i => (i.Tax, i.TaxRateId, i.Status)), undone.Select(i => (i.Tax, i.TaxRateId, i.Status)));
        // What was taken back nobody has typed.
        Assert.Equal(2, (await ApplyAsync(quarter, rule)).Done);
    }

    [Fact]
    public Task Tax_that_was_typed_on_a_line_since_keeps_an_application_from_being_undone() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(1, (item, _) => (item.Total, item.Tax) = (300, 50));
        var run = await ApplyAsync(quarter, await SaveAsync(quarter, Draft("split", new() { From = 300 }, new() { Split = [new("a", house.Category.Id, house.TaxRate.Id, 75), new("b", house.Category.Id, house.TaxRate.Id, 25)] })));
        var line = (await quarter.ItemsAsync(codes))[0].Lines[0];
        Assert.Null((await quarter.Get<ItemDesk>().EditAsync(Admin(quarter), codes[0], new ItemEdit.EditLine(line.Id, new LineEdit.SetTax(line.Tax - 0.01m)), int.MaxValue)).Refusal);

        var undo = await quarter.Get<BulkDesk>().UndoAsync(Admin(quarter), run.Id);
        await quarter.WorkAsync();

        Assert.Equal((0, 1), await quarter.SeeAsync(Who.Admin, undo.RunId!.Value) is var undone ? (undone.Done, undone.Skipped) : default);
        Assert.Equal(line.Tax - 0.01m, (await quarter.ItemsAsync(codes))[0].Lines.Single(l => l.Id == line.Id).Tax);
    });

    [Fact]
    public Task A_typed_value_is_never_overwritten() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        await SaveAsync(quarter, Draft("all", new() { Suppliers = [house.Supplier.Id] }, new()
        {
            CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id, Description = "by rule", DueDays = 30, Currency = "USD", Paid = true, Type = ItemType.Receipt, Flag = true, Hold = true,
        }));
        ItemEdit[] typed =
        [
            new ItemEdit.SetCategory(null), new ItemEdit.SetTaxRate(null), new ItemEdit.SetDescription("typed"), new ItemEdit.SetDescription(null), new ItemEdit.SetDueDate(new DateOnly(2026, 12, 24)),
            new ItemEdit.SetCurrency("EUR"), new ItemEdit.SetPaid(false), new ItemEdit.SetType(ItemType.Statement), new ItemEdit.SetFlag(null), new ItemEdit.SetHeld(null), new ItemEdit.SetSupplier(house.Supplier.Id),
        ];
        await Gen.Select(Gen.Int[0, typed.Length - 1].Select(n => typed[n]).Array[1, 5], Gen.Bool).SampleAsync(async (edits, twice) =>
        {
            var codes = await quarter.NewItemsAsync(1);
            if (twice) await ApplyAsync(quarter, id: null);
            foreach (var edit in edits) Assert.Null((await quarter.Get<ItemDesk>().EditAsync(Admin(quarter), codes[0], edit, int.MaxValue)).Refusal);
            var before = (await quarter.ItemsAsync(codes))[0];

            await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), id: null);
            await quarter.WorkAsync();

            var after = (await quarter.ItemsAsync(codes))[0];
            // Emptying what is empty is no word of anybody's.
            var theirs = (await quarter.HistoryAsync(codes[0])).Where(c => c.Cause is ChangeCause.Person).Select(c => c.Field).ToHashSet();
            foreach (var field in edits.Select(ItemEdits.FieldOf).Where(theirs.Contains))
                Assert.Equal((field, ItemText.Of(before, field), ItemText.IdOf(before, field)), (field, ItemText.Of(after, field), ItemText.IdOf(after, field)));
            await quarter.ForgetAsync(codes);
        }, iter: 30, threads: 1);
    });

    [Fact]
    public Task What_is_held_is_not_Ready_until_a_person_releases_it() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(1, (item, _) => item.CategoryId = house.Category.Id);
        var rule = await SaveAsync(quarter, Draft("look", new() { Suppliers = [house.Supplier.Id] }, new() { Hold = true }));
        await ApplyAsync(quarter, rule);
        var held = (await quarter.Get<ItemDetails>().FindAsync(Admin(quarter), codes[0]))!;
        Assert.Equal(ItemStatus.ToReview, held.Status);
        var issue = Assert.Single(held.Issues, i => i.Field is ItemField.Held);
        Assert.Equal("Rule “look” holds this for review. Look at it, and release it.", issue.Sentence);

        Assert.Null((await quarter.Get<ItemDesk>().EditAsync(Admin(quarter), codes[0], issue.Fix!.Edit, held.Version)).Refusal);

        Assert.Equal(ItemStatus.Ready, (await quarter.ItemsAsync(codes))[0].Status);
        Assert.DoesNotContain(codes[0], (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), Draft("look", new() { Suppliers = [house.Supplier.Id] }, new() { Hold = true }))).Rows.Select(r => r.Code));
    });

    [Fact]
    public Task Rules_keep_their_order_as_they_are_moved_and_deleted() => WithQuarterAsync(async quarter =>
    {
        var desk = quarter.Get<RulesDesk>();
        foreach (var name in new[] { "a", "b", "c" }) await SaveAsync(quarter, Draft(name, new() { From = 1 }, new() { Flag = true }));
        async Task<RuleView[]> Rules() => [.. (await desk.OverviewAsync(Admin(quarter))).Of(RuleKind.Condition).Where(r => r.Title.Length == 1)];
        Assert.Null(await desk.MoveAsync(Admin(quarter), (await Rules())[2].Id, -2));
        Assert.Equal(["c", "a", "b"], (await Rules()).Select(r => r.Title));
        Assert.Null(await desk.DeleteAsync(Admin(quarter), (await Rules())[1].Id));
        Assert.Equal(["c", "b"], (await Rules()).Select(r => r.Title));
        Assert.Equal([0, 1, 2], (await desk.OverviewAsync(Admin(quarter))).Of(RuleKind.Condition).Select(r => r.Position));
        Assert.Null(await desk.SetOnAsync(Admin(quarter), (await Rules())[0].Id, isOn: false));
        Assert.False((await Rules())[0].IsOn);
        Assert.Equal("This rule was deleted meanwhile.", await desk.MoveAsync(Admin(quarter), Guid.CreateVersion7(), 1));
    });

    [Fact]
    public Task A_rule_that_points_to_what_is_gone_says_so_and_is_told_by_the_report() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        var rule = await SaveAsync(quarter, Draft("old", new() { From = 1 }, new() { CategoryId = house.Category.Id }));
        var codes = await quarter.NewItemsAsync(1);
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
        {
            await db.Categories.Where(c => c.Id == house.Category.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RetiredAt, DateTimeOffset.UnixEpoch));
            var uses = await new RulesThatUse().UsesAsync(db, ListKind.Categories, [house.Category.Id], default);
            Assert.Contains(new EntryUse(house.Category.Id, UseKind.Rule, "Rule “old”", rule.ToString("N")), uses);
        }

        var shown = (await quarter.Get<RulesDesk>().OverviewAsync(Admin(quarter))).Rules.Single(r => r.Id == rule);
        Assert.Equal([$"{house.Category.DisplayName} is on no list any more."], shown.Warnings);
        Assert.Equal("There is nothing to do: no item in the inbox would change.", (await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), rule)).Refusal);
        Assert.Null((await quarter.ItemsAsync(codes))[0].CategoryId);
        Assert.Equal($"{house.Category.DisplayName} is on no list any more. Choose another.", (await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), Draft("new", new() { From = 1 }, new() { CategoryId = house.Category.Id }))).Refusal);
    });

    [Fact]
    public Task A_rule_made_from_an_item_codes_others_like_it() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        var made = await quarter.Get<RulesDesk>().FromItemAsync(Admin(quarter), house.AdminsItem.Code, RuleKind.Condition);
        Assert.Equal([house.Supplier.Id], made!.Draft.Conditions.Suppliers);
        Assert.Equal((house.Category.Id, house.TaxRate.Id), (made.Draft.Actions.CategoryId, made.Draft.Actions.TaxRateId));
        var codes = await quarter.NewItemsAsync(1);
        await ApplyAsync(quarter, await SaveAsync(quarter, made.Draft));
        Assert.Equal(house.Category.Id, (await quarter.ItemsAsync(codes))[0].CategoryId);

        var suppliers = await quarter.Get<RulesDesk>().FromItemAsync(Admin(quarter), house.AdminsItem.Code, RuleKind.Supplier);
        Assert.Equal((RuleKind.Supplier, house.Supplier.Id, house.Supplier.DisplayName), (suppliers!.Draft.Kind, suppliers.Draft.SubjectId, suppliers.Draft.Name));
        await SaveAsync(quarter, suppliers.Draft with { Actions = suppliers.Draft.Actions with { WorkflowNote = "Ask Ann first" } });
        Assert.Equal("Ask Ann first", (await quarter.Get<RulesDesk>().OfItemAsync(Admin(quarter), codes[0]))!.WorkflowNote);
        Assert.Null(await quarter.Get<RulesDesk>().FromItemAsync(Admin(quarter), house.AdminsItem.Code, RuleKind.Customer));
    });

    public static TheoryData<string, RuleDraft> Refused => new()
    {
        { "A rule's name has 1 to 100 characters.", Draft(" ", new() { From = 1 }, new() { Flag = true }) },
        { "Choose at least one condition: a rule without one would apply to every item.", Draft("a", new(), new() { Flag = true }) },
        { "Choose at least one thing that the rule does.", Draft("a", new() { From = 1 }, new()) },
        { "A text that is looked for has 3 to 100 characters.", Draft("a", new() { Texts = ["  ab "] }, new() { Flag = true }) },
        { "The greatest amount is less than the least.", Draft("a", new() { From = 2, To = 1 }, new() { Flag = true }) },
        { "The percentages come to 90, not to 100.", Draft("a", new() { From = 2 }, new() { Split = [new(null, null, null, 90)] }) },
        { "A rule holds for review or publishes: not both.", Draft("a", new() { From = 2 }, new() { Hold = true, AutoPublish = AutoPublish.Always }) },
        { "Choose whose rule it is.", new(null, RuleKind.Supplier, null, "", IsOn: true, new(), new() { Paid = true }) },
        { "A payment method rule sets Publish to and Auto-publish.", new(null, RuleKind.PaymentMethod, Guid.CreateVersion7(), "", IsOn: true, new(), new() { Paid = true }) },
        { "A user default is a payment method, a class or a location.", new(null, RuleKind.User, Guid.CreateVersion7(), "", IsOn: true, new(), new() { Paid = true }) },
        { "Something it points to is on no list any more. Choose another.", Draft("a", new() { From = 2 }, new() { CategoryId = Guid.CreateVersion7() }) },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_rule_is_refused_with_a_sentence(string sentence, RuleDraft draft)
    {
        await using var quarter = await Quarter.OpenAsync();
        Assert.Equal(sentence, (await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), draft)).Refusal);
        Assert.Equal(sentence, (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), draft)).Refusal);
    }

    [Fact]
    public Task Rules_follow_where_old_entries_are_matched_to_new_ones() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        var (supplier, category) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await SaveAsync(quarter, Draft("old", new() { Suppliers = [house.Supplier.Id] }, new() { CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id }));
        var its = await SaveAsync(quarter, new RuleDraft(Id: null, RuleKind.Supplier, house.Supplier.Id, "", IsOn: true, new(), new() { CategoryId = house.Category.Id }));
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
            await quarter.Get<IItemRules>().MatchedAsync(db, new Dictionary<Guid, Guid> { [house.Supplier.Id] = supplier, [house.Category.Id] = category }, DateTimeOffset.UnixEpoch, default);

        var condition = (await quarter.Get<RulesDesk>().FindAsync(Admin(quarter), id))!.Draft;
        Assert.Equal([supplier], condition.Conditions.Suppliers);
        Assert.Equal((category, house.TaxRate.Id), (condition.Actions.CategoryId, condition.Actions.TaxRateId));
        var suppliers = (await quarter.Get<RulesDesk>().FindAsync(Admin(quarter), its))!.Draft;
        Assert.Equal((supplier, category), (suppliers.SubjectId, suppliers.Actions.CategoryId));
    });

    [Fact]
    public Task What_comes_with_a_Dext_export_stands_on_the_paper_and_rules_fill_the_rest() => WithQuarterAsync(async quarter =>
    {
        var house = quarter.Town.Marsh;
        await SaveAsync(quarter, Draft("fill", new() { From = 77 }, new() { CategoryId = house.Category.Id, Description = "by rule" }));
        var csv = System.Text.Encoding.UTF8.GetBytes("Receipt ID,Date,Supplier,Total,Currency,Description\n901,2026-11-20,Castle,77.10,GBP,from Dext\n902,2026-11-21,Castle,78.20,GBP,\n903,2026-11-22,Castle,1.00,GBP,\n");
        var report = Assert.Single(await quarter.Get<Arrivals>().AddAsync(Admin(quarter), [new DroppedFile("dext.csv", csv.Length, () => new MemoryStream(csv))]));
        Assert.Null(report.Refusal);

        var items = await quarter.ItemsAsync(report.Codes);
        Assert.Equal(["from Dext", "by rule", null], items.Select(i => i.Description));
        Assert.Equal([house.Category.Id, house.Category.Id, null], items.Select(i => i.CategoryId));
        Assert.Equal([ItemField.Category], (await quarter.HistoryAsync(items[0].Code)).Where(c => c.Cause is ChangeCause.Rule).Select(c => c.Field));
    });

    [Fact]
    public Task Two_who_edit_one_rule_do_not_overwrite_each_other() => WithQuarterAsync(async quarter =>
    {
        var id = await SaveAsync(quarter, Draft("a", new() { From = 1 }, new() { Flag = true }));
        var seen = (await quarter.Get<RulesDesk>().FindAsync(Admin(quarter), id))!.Draft;
        Assert.Null((await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), seen with { Name = "b" })).Refusal);
        Assert.Equal("Somebody changed this rule meanwhile. Open it again to see what it says now.", (await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), seen with { Name = "c" })).Refusal);
    });

    private static async Task WithQuarterAsync(Func<Quarter, Task> test)
    {
        await using var quarter = await Quarter.OpenAsync();
        await test(quarter);
    }

    private static Caller Admin(Quarter quarter) => quarter.Town.Claim(Who.Admin);

    private static RuleDraft Draft(string name, RuleConditions conditions, RuleActions actions) => new(Id: null, RuleKind.Condition, SubjectId: null, name, IsOn: true, conditions, actions);

    private static async Task<Guid> SaveAsync(Quarter quarter, RuleDraft draft)
    {
        var answer = await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), draft);
        Assert.Null(answer.Refusal);
        return answer.Id!.Value;
    }

    private static async Task<BulkRunView> ApplyAsync(Quarter quarter, Guid? id)
    {
        var answer = await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), id);
        Assert.Null(answer.Refusal);
        await quarter.WorkAsync();
        return await quarter.SeeAsync(Who.Admin, answer.RunId!.Value);
    }
}
