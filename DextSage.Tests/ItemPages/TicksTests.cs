using CsCheck;
using DextSage.App.Items.Bulk;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class TicksTests
{
    private static readonly string[] Page = ["A", "B", "C", "D", "E"];
    private readonly Ticks ticks = new();

    [Fact]
    public void With_Shift_all_between_the_last_row_and_this_one_are_ticked_in_either_direction()
    {
        ticks.Set("D", on: true, Page);
        ticks.Set("B", on: true, Page, asRange: true);
        Assert.Equal(["B", "C", "D"], ticks.Codes.Order(StringComparer.Ordinal));
        ticks.Set("C", on: false, Page, asRange: true);
        Assert.Equal(["D"], ticks.Codes);
    }

    [Fact]
    public void Shift_without_a_row_before_it_ticks_that_row_alone()
    {
        ticks.Set("C", on: true, Page, asRange: true);
        Assert.Equal(["C"], ticks.Codes);
        // The last one lies on another page.
        ticks.Set("X", on: true, ["X", "Y", "Z"]);
        ticks.Set("E", on: true, Page, asRange: true);
        Assert.Equal(["C", "E", "X"], ticks.Codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_page_is_ticked_in_part_or_as_a_whole_and_other_pages_keep_theirs()
    {
        Assert.False(ticks.OfPage(Page));
        ticks.Set("Z", on: true, ["Y", "Z"]);
        ticks.Set("A", on: true, Page);
        Assert.Null(ticks.OfPage(Page));
        ticks.SetPage(Page, on: true);
        Assert.True(ticks.OfPage(Page));
        Assert.Equal(6, ticks.Count(100));
        ticks.SetPage(Page, on: false);
        Assert.Equal(["Z"], ticks.Codes);
    }

    [Fact]
    public void Of_all_that_match_one_taken_away_leaves_what_can_be_seen()
    {
        ticks.TakeAll();
        Assert.Equal((true, 4812, true), (ticks.AllMatch, ticks.Count(4812), ticks.Has("whatever")));
        ticks.Set("B", on: false, Page);
        Assert.False(ticks.AllMatch);
        Assert.Equal(["A", "C", "D", "E"], ticks.Codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cleared_nothing_is_ticked() => Gen.Int[0, 4].Array[0, 6].Sample(rows =>
    {
        // One of its own for each try, because tries run beside each other.
        var own = new Ticks();
        foreach (var row in rows) own.Set(Page[row], on: true, Page, asRange: row % 2 == 0);
        own.Clear();
        Assert.False(own.Any);
        Assert.All(Page, code => Assert.False(own.Has(code)));
    });
}
