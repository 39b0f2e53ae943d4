using Bunit;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class InboxTableRowTests : BunitContext
{
    private static readonly InboxRow Row = new("7K3Q9VTMDW", Version: 3, Workspace.Costs, ItemStatus.Ready, ItemType.Invoice)
    {
        Date = new DateOnly(2026, 11, 7), Party = "Northwind Paper Ltd", Category = "Stationery", TaxRate = "Standard", ShowsTaxRate = true, Reference = "INV-1", Total = 120m, Tax = 20m, Currency = "EUR",
        FileName = "bill.pdf", Owner = "Alice", CreatedAt = ItemViews.Then,
    };

    private static readonly RowFrame Usual = new(InboxLayoutView.Usual.Columns, "acme");

    public InboxTableRowTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(ItemStatus.Processing, true, false)]
    [InlineData(ItemStatus.ToReview, true, false)]
    [InlineData(ItemStatus.Ready, true, true)]
    [InlineData(ItemStatus.Ready, false, false)]
    [InlineData(ItemStatus.Publishing, true, false)]
    [InlineData(ItemStatus.Published, true, false)]
    public void Publish_is_in_the_rows_that_are_Ready_for_those_who_may(ItemStatus status, bool may, bool isOffered)
    {
        var row = Shown(Row with { Status = status }, Usual with { MayPublish = may });

        Assert.Equal(isOffered, row.FindAll("button").Any(b => b.TextContent.Trim() == "Publish"));
    }

    [Fact]
    public void The_rows_link_opens_the_item_and_the_date_has_its_day_first()
    {
        var row = Shown(Row);

        Assert.Equal("/b/acme/costs/7K3Q9VTMDW", row.Find("a.open").GetAttribute("href"));
        Assert.Equal("07/11/2026", row.Find(".date").TextContent);
        Assert.Equal("€120.00", row.Find(".total").TextContent.Trim());
    }

    [Fact]
    public void A_failure_is_said_in_the_open_with_what_to_do()
    {
        var row = Shown(Row with { Failure = new("X", null, "Sage refused it.", "Choose another category.", null) });

        Assert.Equal("Sage refused it. Choose another category.", row.Find("tr.reason").TextContent.Trim());
        Assert.Contains("Publish failed", row.Find(".status").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Issues_are_described_to_those_who_cannot_point()
    {
        var row = Shown(Row with { Status = ItemStatus.ToReview, Issues = ["Choose a category."] });

        var id = row.Find(".why-button").GetAttribute("aria-describedby");
        Assert.Equal("Choose a category.", row.Find($"#{id}").TextContent.Trim());
    }

    [Fact]
    public void A_category_is_changed_by_a_click_on_it_and_one_of_lines_is_not()
    {
        InboxColumn? begun = null;
        var row = Shown(Row, Usual with { OnBegin = EventCallback.Factory.Create<RowCell>(this, cell => begun = cell.Column) });
        row.Find("td.category button").Click();
        Assert.Equal(InboxColumn.Category, begun);

        var split = Shown(Row with { Lines = 3 });
        Assert.Equal("3 lines", split.Find("td.category").TextContent.Trim());
        Assert.Empty(split.FindAll("td.category button"));
        Assert.Empty(Shown(Row with { Locked = "This item is in Sage." }).FindAll("td button.cell, td button.change"));
    }

    [Theory]
    [InlineData("NORTH", "North")]
    [InlineData("paper", "Paper")]
    [InlineData("stati", "Stati")]
    public void What_is_looked_for_is_marked_where_it_stands(string search, string marked) =>
        Assert.Equal([marked], Shown(Row, Usual with { Search = search }).FindAll("mark").Select(m => m.TextContent));

    [Fact]
    public void Accents_do_not_hide_a_match_and_what_no_column_shows_is_said_below_the_row()
    {
        Assert.Equal("é", Shown(Row with { Party = "Café" }, Usual with { Search = "e" }).Find("td.party mark").TextContent);

        var row = Shown(Row with { Found = [new(FoundIn.Document, null, "…for the <b>blue</b> paint…")] }, Usual with { Search = "blue" });
        Assert.Equal("In the document: …for the <b>blue</b> paint…", row.Find("tr.reason").TextContent.Trim());
        Assert.Empty(Shown(Row with { Found = [new(FoundIn.Column, InboxColumn.Party, "Northwind Paper Ltd")] }, Usual with { Search = "wind" }).FindAll("tr.reason"));
    }

    [Theory]
    [InlineData(ItemStatus.ToReview)]
    [InlineData(ItemStatus.Ready)]
    public void A_row_is_kept_in_no_more_than_sixty_four_pieces(ItemStatus status)
    {
        var fullest = Row with { Status = status, Issues = status is ItemStatus.ToReview ? ["Choose a category.", "Give it a date."] : [], IsDuplicate = status is ItemStatus.ToReview };

        var drawn = Render<CountedRow>(p => p.Add(r => r.Row, fullest).Add(r => r.Frame, Usual with { MayPublish = true }).Add(r => r.IsTicked, true));

        Assert.InRange(drawn.Instance.Pieces, 1, 64);
    }

    private sealed class CountedRow : InboxTableRow
    {
        public int Pieces
        {
            get
            {
                using var drawing = new RenderTreeBuilder();
                BuildRenderTree(drawing);
#pragma warning disable BL0006 // How much a screen costs the server is what is asked here.
                return drawing.GetFrames().Count;
#pragma warning restore BL0006
            }
        }
    }

    private IRenderedComponent<InboxTableRow> Shown(InboxRow row, RowFrame? frame = null) => Render<InboxTableRow>(p => p.Add(r => r.Row, row).Add(r => r.Frame, frame ?? Usual));
}
