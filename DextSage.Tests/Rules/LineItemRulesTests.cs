using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Xunit;

namespace DextSage.Tests.Rules;

/// <summary>Whether the lines of e-invoices are taken over, as their suppliers' rules have it.</summary>
public sealed class LineItemRulesTests
{
    [Fact]
    public Task Lines_that_nobody_has_touched_become_one_amount_and_come_back_as_they_were_on_undo() => WithRuleAsync(new() { LineItems = LineItems.Never }, async (quarter, rule) =>
    {
        ItemEdit[] touches =
        [
            new ItemEdit.SetNote("typed"), new ItemEdit.SetDescription("typed"), new ItemEdit.SetDate(new DateOnly(2026, 11, 7)), new ItemEdit.SetTotal(121),
            new ItemEdit.EditLine(default, new LineEdit.SetCategory(quarter.Town.Marsh.Category.Id)), new ItemEdit.EditLine(default, new LineEdit.SetDescription("typed")), new ItemEdit.EditLine(default, new LineEdit.SetTax(9)), new ItemEdit.RemoveLine(default),
        ];
        await Gen.Int[0, touches.Length - 1].Select(n => touches[n]).Array[0, 3].SampleAsync(async edits =>
        {
            var codes = await quarter.NewItemsAsync(1, (item, _) => Lined(quarter, item, 1, 2));
            foreach (var edit in edits)
            {
                if ((await quarter.ItemsAsync(codes))[0].Lines.OrderBy(l => l.Position).FirstOrDefault() is not { } line) break;
                Assert.Null((await quarter.Get<ItemDesk>().EditAsync(Admin(quarter), codes[0], edit switch { ItemEdit.EditLine(_, var one) => new ItemEdit.EditLine(line.Id, one), ItemEdit.RemoveLine => new ItemEdit.RemoveLine(line.Id), _ => edit }, int.MaxValue)).Refusal);
            }

            var before = Said((await quarter.ItemsAsync(codes))[0]);
            var stays = edits.Any(e => ItemEdits.FieldOf(e) is ItemField.Lines);
            Assert.Equal(stays ? 0 : 1, (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), (await quarter.Get<RulesDesk>().FindAsync(Admin(quarter), rule))!.Draft)).Changed);
            if (!stays)
            {
                var run = await ApplyAsync(quarter, rule);
                var item = (await quarter.ItemsAsync(codes))[0];
                Assert.Empty(item.Lines);
                Assert.Equal(1, (await quarter.HistoryAsync(codes[0])).Count(c => c is { Field: ItemField.Lines, LineId: null, To: null, Cause: ChangeCause.Rule } && c.RuleId == rule));
                Assert.NotNull((await quarter.Get<RulesDesk>().OfItemAsync(Admin(quarter), codes[0]))!.LinesLeftOutBy);

                Assert.Null((await quarter.Get<BulkDesk>().UndoAsync(Admin(quarter), run.Id)).Refusal);
                await quarter.WorkAsync();
                Assert.Null((await quarter.Get<RulesDesk>().OfItemAsync(Admin(quarter), codes[0]))!.LinesLeftOutBy);
                Assert.Equal(before, Said((await quarter.ItemsAsync(codes))[0]));
                // Nobody has typed what was taken back.
                Assert.Equal(1, (await ApplyAsync(quarter, rule)).Done);
            }
            else Assert.Equal(before, Said((await quarter.ItemsAsync(codes))[0]));

            await quarter.ForgetAsync(codes);
        }, iter: 25, threads: 1);
    });

    [Fact]
    public Task The_one_amount_is_coded_or_split_as_any_other() => WithRuleAsync(new() { LineItems = LineItems.Never, Split = [new("a", null, null, 75), new("b", null, null, 25)] }, async (quarter, rule) =>
    {
        var codes = await quarter.NewItemsAsync(1, (item, _) => Lined(quarter, item, 1, 1, 2));
        var run = await ApplyAsync(quarter, rule);
        var split = (await quarter.ItemsAsync(codes))[0];
        Assert.Equal(["a", "b"], split.Lines.OrderBy(l => l.Position).Select(l => l.Description));
        // A rule's own lines are not left out in turn.
        Assert.Equal(0, (await quarter.Get<RulesDesk>().TryAsync(Admin(quarter), (await quarter.Get<RulesDesk>().FindAsync(Admin(quarter), rule))!.Draft)).Changed);

        Assert.Null((await quarter.Get<BulkDesk>().UndoAsync(Admin(quarter), run.Id)).Refusal);
        await quarter.WorkAsync();
        Assert.Equal(3, (await quarter.ItemsAsync(codes))[0].Lines.Count);
    });

    [Fact]
    public Task Lines_that_are_taxed_differently_stay_and_the_item_says_why() => WithRuleAsync(new() { LineItems = LineItems.Never }, async (quarter, rule) =>
    {
        var codes = await quarter.NewItemsAsync(1, (item, _) =>
        {
            Lined(quarter, item, 1, 2);
            item.Lines[1].TaxRateId = null;
        });

        Assert.Equal("There is nothing to do: no item in the inbox would change.", (await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), rule)).Refusal);
        Assert.Equal($"Supplier rule of {quarter.Town.Marsh.Supplier.DisplayName}", (await quarter.Get<RulesDesk>().OfItemAsync(Admin(quarter), codes[0]))!.LinesStayDespite);
    });

    [Fact]
    public Task Lines_that_are_on_no_e_invoice_are_none_of_its_business() => WithRuleAsync(new() { LineItems = LineItems.Never }, async (quarter, rule) =>
    {
        await quarter.NewItemsAsync(1, (item, _) =>
        {
            Lined(quarter, item, 1, 2);
            item.Document!.CarriesInvoice = false;
        });
        Assert.NotNull((await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), rule)).Refusal);
    });

    [Fact]
    public async Task Always_is_not_said_beside_a_smart_split_and_by_no_other_rule()
    {
        await using var quarter = await Quarter.OpenAsync();
        var desk = quarter.Get<RulesDesk>();
        var draft = new RuleDraft(Id: null, RuleKind.Supplier, quarter.Town.Marsh.Supplier.Id, "", IsOn: true, new(), new() { LineItems = LineItems.Always, Split = [new("a", null, null, 75), new("b", null, null, 25)] });
        Assert.Equal("A smart split makes lines of its own: line items are not Always beside it.", (await desk.SaveAsync(Admin(quarter), draft)).Refusal);
        Assert.Equal(
            "A workflow note, and what becomes of duplicates and line items, is a supplier's or a customer's.",
            (await desk.SaveAsync(Admin(quarter), new RuleDraft(Id: null, RuleKind.Condition, SubjectId: null, "a", IsOn: true, new() { From = 1 }, new() { LineItems = LineItems.Never }))).Refusal);
    }

    [Fact]
    public void Lines_are_taxed_alike_at_one_rate_or_where_none_is_chosen_at_one_percentage()
    {
        Guid some = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        Assert.True(LineMath.AreTaxedAlike([Line(some, 10, 2), Line(some, 30, 6)]));
        Assert.False(LineMath.AreTaxedAlike([Line(some, 10, 2), Line(other, 30, 6)]));
        Assert.False(LineMath.AreTaxedAlike([Line(some, 10, 2), Line(null, 30, 6)]));
        Assert.True(LineMath.AreTaxedAlike([Line(null, 10, 0), Line(null, 30, 0)]));
        Assert.True(LineMath.AreTaxedAlike([Line(null, 10, 2), Line(null, 30, 6), Line(null, -5, -1)]));
        Assert.False(LineMath.AreTaxedAlike([Line(null, 10, 2), Line(null, 30, 0)]));
        Assert.False(LineMath.AreTaxedAlike([Line(null, 10, 2), Line(null, -10, 0)]));
        Assert.False(LineMath.AreTaxedAlike([]));
    }

    private static ItemLine Line(Guid? rate, decimal net, decimal tax) => new() { BusinessId = Guid.Empty, TaxRateId = rate, Net = net, Tax = tax };

    /// <summary>Of an e-invoice, its 120.00 in these proportions.</summary>
    private static void Lined(Quarter quarter, Item item, params decimal[] weights)
    {
        var house = quarter.Town.Marsh;
        item.Document = new Document { BusinessId = house.Id, Sha256 = item.Code.ToLowerInvariant(), FileName = "a.xml", ContentType = Document.Xml, Length = 1, CarriesInvoice = true };
        foreach (var (net, n) in LineMath.Shares(100, weights).Select((net, n) => (net, n)))
            item.Lines.Add(new ItemLine { BusinessId = house.Id, ItemId = item.Id, Position = n, Description = $"part {n}", UnitPrice = net, Net = net, TaxRateId = house.TaxRate.Id, Tax = decimal.Round(net / 5, 2, MidpointRounding.AwayFromZero), IsTaxTyped = n == 0 });
    }

    private static (string, decimal?, Guid?, string) Said(Item item) => (item.Status.ToString(), item.Tax, item.TaxRateId, string.Join('\n', item.Lines.OrderBy(l => l.Position).Select(l => $"{l.Id} {l.Position} {l.Description} {l.CategoryId} {l.TaxRateId} {l.Quantity:0.####} {l.UnitPrice:0.####} {l.Net:0.00} {l.Tax:0.00} {l.IsTaxTyped}")));

    private static Caller Admin(Quarter quarter) => quarter.Town.Claim(Who.Admin);

    private static async Task<BulkRunView> ApplyAsync(Quarter quarter, Guid rule)
    {
        var answer = await quarter.Get<RulesDesk>().ApplyAsync(Admin(quarter), rule);
        Assert.Null(answer.Refusal);
        await quarter.WorkAsync();
        return await quarter.SeeAsync(Who.Admin, answer.RunId!.Value);
    }

    private static async Task WithRuleAsync(RuleActions actions, Func<Quarter, Guid, Task> test)
    {
        await using var quarter = await Quarter.OpenAsync();
        var answer = await quarter.Get<RulesDesk>().SaveAsync(Admin(quarter), new RuleDraft(Id: null, RuleKind.Supplier, quarter.Town.Marsh.Supplier.Id, "", IsOn: true, new(), actions));
        Assert.Null(answer.Refusal);
        await test(quarter, answer.Id!.Value);
    }
}
