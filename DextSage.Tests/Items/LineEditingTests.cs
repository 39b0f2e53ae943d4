using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Edits of lines through the desk and the database.</summary>
public sealed class LineEditingTests
{
    [Fact]
    public async Task Lines_are_added_edited_and_removed_each_with_its_undo_and_its_history()
    {
        await using var desk = await Desk.OpenAsync();

        var added = await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Paper", 50)));
        await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Ink", 40)));
        await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Pens", 10), Position: 0));
        Assert.Equal(["Pens", "Paper", "Ink"], await desk.DescriptionsAsync());
        Assert.Equal((ItemStatus.Ready, 0m), await desk.StandingAsync());

        var lines = await desk.LinesAsync();
        var edited = await desk.EditAsync(new ItemEdit.EditLine(lines[2].Id, new LineEdit.SetUnitPrice(45)));
        Assert.Equal((ItemStatus.ToReview, -6m), await desk.StandingAsync());
        await desk.EditAsync(edited.Undo!);
        Assert.Equal((ItemStatus.Ready, 0m), await desk.StandingAsync());

        var removed = await desk.EditAsync(added.Undo!);
        Assert.Equal(["Pens", "Ink"], await desk.DescriptionsAsync());
        await desk.EditAsync(removed.Undo!);
        Assert.Equal(["Pens", "Paper", "Ink"], await desk.DescriptionsAsync());

        var history = await desk.HistoryAsync();
        Assert.Contains(history, c => c is { LineField: LineField.UnitPrice, From: "40.00", To: "45.00", Cause: ChangeCause.Person });
        Assert.Contains(history, c => c is { LineField: null, From: null, To: "Paper, 60.00" });
        Assert.Contains(history, c => c is { LineField: null, From: "Paper, 60.00", To: null });
        Assert.All(history, c => Assert.Equal(desk.Who, c.PersonId ?? desk.Who));
    }

    [Fact]
    public async Task All_lines_are_replaced_at_once_and_brought_back()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Paper", 100)));

        var split = await desk.EditAsync(new ItemEdit.ReplaceLines([desk.Draft("Half", 50), desk.Draft("Other half", 50)]));
        Assert.Equal(["Half", "Other half"], await desk.DescriptionsAsync());
        await desk.EditAsync(split.Undo!);
        Assert.Equal(["Paper"], await desk.DescriptionsAsync());
        await desk.EditAsync(new ItemEdit.ReplaceLines([]));
        Assert.Empty(await desk.LinesAsync());
    }

    [Fact]
    public async Task The_same_value_of_a_line_that_somebody_changed_meanwhile_is_not_overwritten_and_others_are_free()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Paper", 50)));
        await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Ink", 50)));
        var (paper, ink) = ((await desk.LinesAsync())[0].Id, (await desk.LinesAsync())[1].Id);
        var seen = await desk.VersionAsync();

        await desk.EditAsync(new ItemEdit.EditLine(paper, new LineEdit.SetDescription("Card")), Who.Bookkeeper);

        Assert.NotNull((await desk.EditAsync(new ItemEdit.EditLine(paper, new LineEdit.SetDescription("Board")), seen: seen)).Refusal);
        Assert.NotNull((await desk.EditAsync(new ItemEdit.RemoveLine(paper), seen: seen)).Refusal);
        Assert.NotNull((await desk.EditAsync(new ItemEdit.ReplaceLines([]), seen: seen)).Refusal);
        Assert.Null((await desk.EditAsync(new ItemEdit.EditLine(paper, new LineEdit.SetUnitPrice(60)), seen: seen)).Refusal);
        Assert.Null((await desk.EditAsync(new ItemEdit.EditLine(ink, new LineEdit.SetDescription("Toner")), seen: seen)).Refusal);
        Assert.Equal(["Card", "Toner"], await desk.DescriptionsAsync());
    }

    [Fact]
    public async Task What_no_line_can_be_is_refused_and_changes_nothing()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.EditAsync(new ItemEdit.AddLine(desk.Draft("Paper", 50)));
        var before = await desk.VersionAsync();
        ItemEdit[] wrong =
        [
            new ItemEdit.AddLine(desk.Draft("x", 1) with { CategoryId = desk.Elsewhere.Category.Id }), new ItemEdit.AddLine(desk.Draft("x", 1) with { TaxRateId = desk.Elsewhere.TaxRate.Id }),
            new ItemEdit.AddLine(desk.Draft("x", 1) with { ProductId = Guid.NewGuid() }), new ItemEdit.AddLine(desk.Draft("x", 1) with { ClassId = Guid.NewGuid() }),
            new ItemEdit.AddLine(desk.Draft("x", 1) with { Quantity = 0 }), new ItemEdit.AddLine(desk.Draft("x", 0.00001m)), new ItemEdit.AddLine(desk.Draft("x", 1) with { Tax = 2 }),
            new ItemEdit.AddLine(desk.Draft(new string('x', ItemLimits.Description + 1), 1)), new ItemEdit.ReplaceLines([.. Enumerable.Repeat(desk.Draft("x", 1), ItemLimits.Lines + 1)]),
            new ItemEdit.RemoveLine(Guid.NewGuid()), new ItemEdit.EditLine(Guid.NewGuid(), new LineEdit.SetUnitPrice(1)), new ItemEdit.SetLineAmounts((LineAmounts)7),
        ];
        foreach (var edit in wrong) Assert.NotNull((await desk.EditAsync(edit)).Refusal);
        Assert.Equal(before, await desk.VersionAsync());
        Assert.Equal(["Paper"], await desk.DescriptionsAsync());
    }

    private sealed class Desk : IAsyncDisposable
    {
        private readonly Quarter quarter;
        private readonly string code;

        private Desk(Quarter quarter, string code) => (this.quarter, this.code) = (quarter, code);

        public House Elsewhere => quarter.Town.Brook;
        public Guid Who => quarter.Town.Marsh.People[Role.Admin];

        public static async Task<Desk> OpenAsync()
        {
            var town = await Quarter.OpenAsync();
            var desk = new Desk(town, town.Town.Marsh.AdminsItem.Code);
            await desk.EditAsync(new ItemEdit.ReplaceLines([]));
            return desk;
        }

        public LineDraft Draft(string description, decimal price) => new(description, price) { CategoryId = quarter.Town.Marsh.Category.Id, TaxRateId = quarter.Town.Marsh.TaxRate.Id };

        public async Task<EditOutcome> EditAsync(ItemEdit edit, Who who = Guard.Who.Admin, int? seen = null) =>
            await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(who), code, edit, seen ?? await VersionAsync());

        public async Task<IReadOnlyList<LineView>> LinesAsync() => (await ReadAsync()).Lines;
        public async Task<string?[]> DescriptionsAsync() => [.. (await LinesAsync()).Select(l => l.Description)];
        public async Task<int> VersionAsync() => (await ReadAsync()).Version;

        public async Task<(ItemStatus, decimal)> StandingAsync()
        {
            var item = await ReadAsync();
            return (item.Status, item.OutBy);
        }

        public async Task<List<ItemChange>> HistoryAsync()
        {
            await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
            return await db.ItemChanges.Where(c => c.ItemId == quarter.Town.Marsh.AdminsItem.Id && c.Field == ItemField.Lines).OrderBy(c => c.Version).ToListAsync();
        }

        private async Task<ItemView> ReadAsync() => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Guard.Who.Admin), code))!;

        public ValueTask DisposeAsync() => quarter.DisposeAsync();
    }
}
