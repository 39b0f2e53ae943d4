using CsCheck;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Rules;

/// <summary>Rules of many suppliers, changed in one go from their list.</summary>
public sealed class ManyRulesTests
{
    private static readonly ListQuery Suppliers = new(ListKind.Suppliers);

    [Fact]
    public Task A_change_makes_rules_changes_them_and_deletes_those_that_say_nothing_any_more() => WithSuppliersAsync(3, async (quarter, suppliers) =>
    {
        var category = quarter.Town.Marsh.Category;
        var desk = quarter.Get<RulesDesk>();
        await SaveAsync(quarter, suppliers[0], new() { DueDays = 14, WorkflowNote = "Ask Ann" });
        await SaveAsync(quarter, suppliers[1], new() { DueDays = 30 });
        var before = await RulesAsync(quarter);

        var edited = await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new() { CategoryId = category.Id }, RuleField.Category, RuleField.DueDate));

        Assert.Equal((1, 2, 0, null), (edited.Made, edited.Changed, edited.Deleted, edited.Refusal));
        var rules = await desk.OfSubjectsAsync(quarter.Town.Claim(Who.Bookkeeper), RuleKind.Supplier, suppliers);
        Assert.Equal([[$"Category: {category.DisplayName}", "Workflow note: Ask Ann"], [$"Category: {category.DisplayName}"], [$"Category: {category.DisplayName}"]], suppliers.Select(s => rules[s].Then));
        Assert.Equal(before.Select(r => r.Id), (await RulesAsync(quarter)).Take(2).Select(r => r.Id));

        var cleared = await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new(), RuleField.Category));

        Assert.Equal((0, 1, 2), (cleared.Made, cleared.Changed, cleared.Deleted));
        Assert.Equal("Workflow note: Ask Ann", Assert.Single(Assert.Single(await desk.OfSubjectsAsync(Admin(quarter), RuleKind.Supplier, suppliers)).Value.Then));
        Assert.Null((await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new(), RuleField.Category))).Before);
        Assert.Equal(0, await desk.UndoAsync(Admin(quarter), cleared.Before!));
        Assert.Equal(0, (await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new() { CategoryId = category.Id }, RuleField.Category))).Made);
    });

    [Fact]
    public Task Where_one_of_them_would_be_wrong_none_is_changed_and_it_is_named() => WithSuppliersAsync(2, async (quarter, suppliers) =>
    {
        var desk = quarter.Get<RulesDesk>();
        await SaveAsync(quarter, suppliers[1], new() { CategoryId = quarter.Town.Marsh.Category.Id });
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Categories.ExecuteUpdateAsync(set => set.SetProperty(c => c.RetiredAt, DateTimeOffset.UnixEpoch));
        var before = await RulesAsync(quarter);

        Assert.Equal($"Supplier 1: {quarter.Town.Marsh.Category.DisplayName} is on no list any more. Choose another.", (await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new() { DueDays = 7 }, RuleField.DueDate))).Refusal);
        Assert.Equal("Due is 0 to 365 days after the date of the document.", (await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new() { DueDays = 366 }, RuleField.DueDate))).Refusal);
        Assert.Equal("Items of that workspace are not published there.", (await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new() { PublishTo = PublishTo.SalesInvoice }, RuleField.PublishTo))).Refusal);

        Assert.Equal(before.Select(Said), (await RulesAsync(quarter)).Select(Said));
    });

    [Fact]
    public Task All_that_match_are_those_in_use() => WithSuppliersAsync(4, async (quarter, suppliers) =>
    {
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Suppliers.Where(s => s.Id == suppliers[3]).ExecuteUpdateAsync(set => set.SetProperty(s => s.RetiredAt, DateTimeOffset.UnixEpoch));

        var edited = await quarter.Get<RulesDesk>().EditManyAsync(Admin(quarter), Suppliers with { Search = "Supplier" }, only: null, Change(new() { Paid = false }, RuleField.Paid));

        Assert.Equal(3, edited.Made);
        Assert.Equal(suppliers.Take(3).Order(), (await RulesAsync(quarter)).Select(r => r.SubjectId!.Value).Order());
    });

    [Fact]
    public Task What_was_changed_again_since_stays_when_the_change_is_taken_back() => WithSuppliersAsync(3, async (quarter, suppliers) =>
    {
        var desk = quarter.Get<RulesDesk>();
        var edited = await desk.EditManyAsync(Admin(quarter), Suppliers, suppliers, Change(new() { DueDays = 7 }, RuleField.DueDate));
        var other = (await desk.OfSubjectAsync(Admin(quarter), RuleKind.Supplier, suppliers[0])).Draft;
        await desk.SaveAsync(Admin(quarter), other with { Actions = new() { DueDays = 8 } });
        await desk.DeleteAsync(Admin(quarter), (await desk.OfSubjectAsync(Admin(quarter), RuleKind.Supplier, suppliers[1])).Draft.Id!.Value);

        Assert.Equal(2, await desk.UndoAsync(Admin(quarter), edited.Before!));

        Assert.Equal(8, Assert.Single(await RulesAsync(quarter)).Actions.DueDays);
    });

    [Fact]
    public Task A_change_of_many_and_its_undo_leave_every_rule_as_it_was() => WithSuppliersAsync(5, async (quarter, suppliers) =>
    {
        var desk = quarter.Get<RulesDesk>();
        var house = quarter.Town.Marsh;
        var says = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Enum<AutoPublish>(), Gen.Enum<DuplicateCheck>(), (category, due, paid, note, auto, check) => new RuleActions
        {
            CategoryId = category ? house.Category.Id : null, DueDays = due ? 14 : null, Paid = paid ? false : null, WorkflowNote = note ? "Ask Ann" : null, AutoPublish = auto, Duplicates = due ? check : null, LineItems = paid ? LineItems.Never : null,
        });
        var changes = Gen.Select(Gen.Enum<RuleField>().Array[0, 6], says, (fields, actions) => new RulesChange(fields.ToHashSet(), actions));
        await Gen.Select(Gen.Select(Gen.Int[0, 4], says, Gen.Bool).Array[0, 4], changes, Gen.Int[0, 31]).SampleAsync(async (rules, change, ticked) =>
        {
            foreach (var (whose, actions, isOn) in rules.DistinctBy(r => r.Item1).Where(r => !r.Item2.AreNone))
                Assert.Null((await desk.SaveAsync(Admin(quarter), new RuleDraft(Id: null, RuleKind.Supplier, suppliers[whose], "", isOn, new(), actions))).Refusal);
            var before = (await RulesAsync(quarter)).ConvertAll(Said);

            var edited = await desk.EditManyAsync(Admin(quarter), Suppliers, [.. suppliers.Where((_, n) => (ticked & 1 << n) != 0)], change);
            Assert.Null(edited.Refusal);
            Assert.Equal(edited.Before is null, before.SequenceEqual((await RulesAsync(quarter)).ConvertAll(Said)));
            Assert.Equal(before.Count + edited.Made - edited.Deleted, (await RulesAsync(quarter)).Count);
            if (edited.Before is { } undo) Assert.Equal(0, await desk.UndoAsync(Admin(quarter), undo));

            Assert.Equal(before, (await RulesAsync(quarter)).ConvertAll(Said));
            await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
            await db.Rules.Where(r => r.Kind == RuleKind.Supplier).ExecuteDeleteAsync();
        }, iter: 40, threads: 1);
    });

    /// <summary>All of a rule but when it was changed.</summary>
    private static (Guid, Guid?, string, bool, string, DateTimeOffset) Said(Rule rule) => (rule.Id, rule.SubjectId, rule.Name, rule.IsOn, AsJson.Write(rule.Actions), rule.CreatedAt);

    private static RulesChange Change(RuleActions actions, params RuleField[] fields) => new(fields.ToHashSet(), actions);

    private static Caller Admin(Quarter quarter) => quarter.Town.Claim(Who.Admin);

    private static async Task SaveAsync(Quarter quarter, Guid supplier, RuleActions actions) =>
        Assert.Null((await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), new RuleDraft(Id: null, RuleKind.Supplier, supplier, "", IsOn: true, new(), actions))).Refusal);

    private static async Task<List<Rule>> RulesAsync(Quarter quarter)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.Rules.AsNoTracking().Where(r => r.Kind == RuleKind.Supplier).OrderBy(r => r.Name).ThenBy(r => r.Id).ToListAsync();
    }

    private static async Task WithSuppliersAsync(int count, Func<Quarter, List<Guid>, Task> test)
    {
        await using var quarter = await Quarter.OpenAsync();
        var suppliers = Enumerable.Range(0, count).Select(n => new Supplier { BusinessId = quarter.Town.Marsh.Id, SageId = $"many{n}", Name = $"Supplier {n}", DisplayName = $"Supplier {n}" }).ToList();
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            db.AddRange(suppliers);
            await db.SaveChangesAsync();
        }

        await test(quarter, suppliers.ConvertAll(s => s.Id));
    }
}
