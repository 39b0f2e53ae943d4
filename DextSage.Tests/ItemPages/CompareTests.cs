using Bunit;
using DextSage.App.Items.Bulk;
using DextSage.App.Items.Duplicates;
using DextSage.App.Items.Merging;
using DextSage.Integration.Items;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>Two items side by side, and what is chosen before several become one.</summary>
public sealed class CompareTests : BunitContext
{
    public CompareTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void What_differs_is_marked_in_words_and_what_neither_has_is_left_out()
    {
        var pair = new Comparison(ItemViews.Ready, ItemViews.Ready with { Code = "OTHER00000", Reference = "INV-2", Note = "twice" }, Likeness.Date) { Differing = [ItemField.Reference, ItemField.Note] };

        var table = Render<CompareTable>(p => p.Add(t => t.Pair, pair));

        Assert.Equal(["Document reference", "Note"], table.FindAll("tr.differs th").Select(h => h.TextContent.Replace("differs", "", StringComparison.Ordinal).Trim()));
        Assert.Equal(["INV-1", "INV-2"], table.FindAll("tr.differs")[0].QuerySelectorAll("td").Select(c => c.TextContent));
        Assert.DoesNotContain(table.FindAll("tbody th"), h => h.TextContent.Contains("Customer", StringComparison.Ordinal));
        Assert.Contains(table.FindAll("tbody tr"), r => r.TextContent.Contains("£120.00", StringComparison.Ordinal));
    }

    [Fact]
    public void The_one_in_Sage_is_the_one_to_keep()
    {
        var published = ItemViews.Ready with { Code = "INSAGE0000", Status = ItemStatus.Published };
        Assert.Equal("INSAGE0000", new Comparison(ItemViews.Ready, published, Likeness.File).MustKeep);
        Assert.Null(new Comparison(ItemViews.Ready, ItemViews.Ready with { Code = "OTHER00000" }, Likeness.File).MustKeep);
        Assert.Equal("7K3Q9VTMDW", new Comparison(ItemViews.Ready, published, Likeness.File).OtherThan("INSAGE0000"));
    }

    [Theory]
    [InlineData(Likeness.File, "same file")]
    [InlineData(Likeness.Reference, "same supplier, reference and total")]
    [InlineData(Likeness.File | Likeness.Date, "same file, same supplier, date and total")]
    [InlineData(Likeness.Reference | Likeness.Date, "same supplier, reference, date and total")]
    public void A_likeness_is_said_in_words(Likeness by, string words) =>
        Assert.Equal(words, new DextSage.Integration.Items.Twin(Guid.Empty, "X", Workspace.Costs, by, ItemStatus.Ready, ItemViews.Then, "Ben", IsFirst: true).InWords);

    [Fact]
    public void A_choice_offers_each_items_value_and_says_which_was_chosen()
    {
        var chosen = new List<string>();
        var choice = Render<MergeChoice>(p => p
            .Add(c => c.Choice, new MergeField(ItemField.Type, "A", ["Receipt", null])).Add(c => c.Codes, ["A", "B"]).Add(c => c.Chosen, "A").Add(c => c.OnChoose, chosen.Add));

        Assert.Equal(["Receipt A", "none B"], choice.FindAll("label").Select(l => l.TextContent.Trim()));
        Assert.True(choice.FindAll("input")[0].HasAttribute("checked"));
        choice.FindAll("input")[1].Change("B");
        Assert.Equal(["B"], chosen);
    }

    [Fact]
    public void Ticked_rows_keep_the_order_in_which_they_were_ticked()
    {
        var ticks = new Ticks();
        foreach (var (code, on) in new[] { ("A", true), ("B", true), ("A", false), ("C", true), ("A", true) }) ticks.Set(code, on, ["A", "B", "C"]);
        Assert.Equal(["B", "C", "A"], ticks.Codes);
    }
}
