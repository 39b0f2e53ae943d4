using CsCheck;
using DextSage.Integration.Items;
using DextSage.Tests.Guard;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>What lines come to, and whether the item is Ready, depends on what is on them and not on the order in which it was typed.</summary>
public sealed class LineOrderTests
{
    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(n => choices[n]);

    [Fact]
    public async Task Two_items_with_the_same_edits_in_another_order_are_the_same()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var plan = Gen.Select(
            OneOf<LineEdit>(new LineEdit.SetDescription(null), new LineEdit.SetDescription("Paper")),
            OneOf<LineEdit>(new LineEdit.SetQuantity(1), new LineEdit.SetQuantity(1.5m)),
            OneOf<LineEdit>(new LineEdit.SetUnitPrice(50), new LineEdit.SetUnitPrice(33.3333m)),
            OneOf<LineEdit>(new LineEdit.SetCategory(null), new LineEdit.SetCategory(house.Category.Id)),
            OneOf<LineEdit>(new LineEdit.SetTaxRate(null), new LineEdit.SetTaxRate(house.TaxRate.Id)),
            OneOf<LineEdit>(new LineEdit.SetTax(null), new LineEdit.SetTax(9.99m)),
            Gen.Select(OneOf<ItemEdit>(new ItemEdit.SetTotal(120), new ItemEdit.SetTotal(110)), OneOf<ItemEdit>(new ItemEdit.SetTax(20), new ItemEdit.SetTax(20.02m), new ItemEdit.SetTax(null)),
                OneOf<ItemEdit>(new ItemEdit.SetLineAmounts(LineAmounts.Net), new ItemEdit.SetLineAmounts(LineAmounts.Gross))),
            (description, quantity, price, category, rate, tax, item) => (Lines: new[] { description, quantity, price, category, rate, tax }, Item: new[] { item.Item1, item.Item2, item.Item3 }))
            .SelectMany(edits => Gen.Shuffle(Enumerable.Range(0, 9).ToArray()).Select(order => (edits, order)));
        await plan.SampleAsync(async pair =>
        {
            var one = await AfterAsync(Enumerable.Range(0, 9));
            var other = await AfterAsync(pair.order);
            Assert.Equal(one, other);

            async Task<string> AfterAsync(IEnumerable<int> order)
            {
                await EditAsync(new ItemEdit.SetLineAmounts(LineAmounts.Net));
                await EditAsync(new ItemEdit.SetTotal(120));
                await EditAsync(new ItemEdit.SetTax(20));
                await EditAsync(new ItemEdit.ReplaceLines([new LineDraft("First", 50), new LineDraft("Second", 50) { CategoryId = house.Category.Id, TaxRateId = house.TaxRate.Id }]));
                var line = (await ReadAsync()).Lines[0].Id;
                foreach (var n in order) await EditAsync(n < 6 ? new ItemEdit.EditLine(line, pair.edits.Lines[n]) : pair.edits.Item[n - 6]);
                var item = await ReadAsync();
                // Out by exactly what the issues say, or by nothing.
                Assert.Equal(item.OutBy != 0, item.Issues.Any(i => i.Sentence.StartsWith("The lines are out by", StringComparison.Ordinal)));
                Assert.Equal(item.Total, item.Lines.Sum(l => l.Net + l.Tax) + item.OutBy);
                return string.Join('|', [item.Status.ToString(), .. item.Lines.Select(l => $"{l.Description} {l.Quantity} {l.UnitPrice} {l.Net} {l.Tax} {l.IsTaxTyped} {l.Category?.Id} {l.TaxRate?.Id}"), $"{item.Total} {item.Tax}", .. item.Issues.Select(i => i.Sentence)]);
            }
        }, iter: 15, threads: 1);

        async Task EditAsync(ItemEdit edit) => Assert.Null((await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), house.AdminsItem.Code, edit, int.MaxValue)).Refusal);

        async Task<ItemView> ReadAsync() => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), house.AdminsItem.Code))!;
    }
}
