using Bunit;
using DextSage.App.Items.Bulk;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class InboxRowsTests : BunitContext
{
    private static readonly InboxRow Row = new("7K3Q9VTMDW", Version: 3, Workspace.Costs, ItemStatus.Ready, ItemType.Invoice)
    {
        Date = new DateOnly(2026, 11, 7), Party = "Northwind Paper Ltd", Category = "Stationery", TaxRate = "Standard", ShowsTaxRate = true, Reference = "INV-1", Total = 120m, Tax = 20m, Currency = "EUR",
        FileName = "bill.pdf", Owner = "Alice", CreatedAt = ItemViews.Then,
    };

    private static readonly RowFrame Usual = new(InboxLayoutView.Usual.Columns, "acme", ItemViews.Then);

    public InboxRowsTests()
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
        var row = Shown(Row with { Status = ItemStatus.ToReview, Issues = ["Choose a category.", "Give it a date."] });

        Assert.Equal("To review: Choose a category. Give it a date.", row.Find(".why-button").GetAttribute("aria-label"));
        Assert.Equal("Choose a category.\nGive it a date.", row.Find(".why-text").TextContent);
    }

    [Fact]
    public void What_rows_have_in_common_is_kept_once()
    {
        var review = Row with { Status = ItemStatus.ToReview, Issues = ["Choose a category."] };

        var drawn = DrawnRow.Page([review, review with { Code = "8K3Q9VTMDW", Party = "Other" }], Usual);

        Assert.Same(drawn[0].Cells[0].Value, drawn[1].Cells[0].Value);
    }

    [Fact]
    public async Task A_category_is_changed_by_a_click_on_it_and_one_of_lines_is_not()
    {
        InboxRows.RowCell? begun = null;
        var row = Shown(Row, also: p => p.Add(r => r.OnBegin, cell => begun = cell));
        await ClickAsync(row, "category");
        Assert.Equal(new InboxRows.RowCell(Row.Code, InboxColumn.Category), begun);

        var split = Shown(Row with { Lines = 3 });
        Assert.Equal("3 lines", split.Find("td.category").TextContent.Trim());
        Assert.Empty(split.FindAll("td.category button"));
        Assert.Empty(Shown(Row with { Locked = "This item is in Sage." }).FindAll("button.cell, button.change"));
    }

    [Fact]
    public async Task A_click_that_names_no_row_or_cell_of_the_screen_does_nothing()
    {
        var heard = new List<object>();
        var row = Shown(Row, also: p => p.Add(r => r.OnBegin, heard.Add).Add(r => r.OnPublish, heard.Add).Add(r => r.OnTick, heard.Add));

        foreach (var (code, cell) in new (string?, string?)[] { ("AAAAAAAAAA", "action"), (null, null), (Row.Code, "total"), (Row.Code, null) })
            await row.Find("tbody").TriggerEventAsync("onrowclick", new RowClickEventArgs { Code = code, Cell = cell });

        Assert.Empty(heard);
    }

    [Fact]
    public async Task Publish_is_asked_for_once_however_often_it_is_clicked()
    {
        var (asked, answer) = (0, new TaskCompletionSource());
        var row = Shown(Row, Usual with { MayPublish = true }, p => p.Add(r => r.OnPublish, _ =>
        {
            asked++;
            return answer.Task;
        }));

        var first = ClickAsync(row, "action");
        await ClickAsync(row, "action");
        Assert.Equal("row asking", row.Find("tr").ClassName);
        answer.SetResult();
        await first;

        Assert.Equal((1, "row"), (asked, row.Find("tr").ClassName));
    }

    [Fact]
    public async Task A_box_is_ticked_alone_or_with_those_before_it()
    {
        var ticks = new List<InboxRows.RowTick>();
        var row = Shown(Row, also: p => p.Add(r => r.OnTick, ticks.Add));

        await ClickAsync(row, "tick");
        await row.Find("tbody").TriggerEventAsync("onrowclick", new RowClickEventArgs { Code = Row.Code, Cell = "tick", Shift = true });

        Assert.Equal([new(Row.Code, AsRange: false), new(Row.Code, AsRange: true)], ticks);
    }

    [Fact]
    public void The_cell_that_is_edited_stands_between_the_rows_others()
    {
        var edited = EditedCell.Of(Row, InboxColumn.Category, Usual)!;

        Assert.EndsWith("</th>", edited.Before.Value, StringComparison.Ordinal);
        Assert.Contains("class=\"party\"", edited.Before.Value, StringComparison.Ordinal);
        Assert.StartsWith("<td class=\"reference\">INV-1</td>", edited.After.Value, StringComparison.Ordinal);
        Assert.Contains("class=\"action\"", edited.After.Value, StringComparison.Ordinal);
        Assert.Null(EditedCell.Of(Row with { Lines = 2 }, InboxColumn.Category, Usual));
        Assert.Null(EditedCell.Of(Row, InboxColumn.Total, Usual));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("'><script>alert(1)</script>")]
    [InlineData("</td></tr></table><b>out</b>")]
    public void What_came_from_outside_is_text_wherever_it_stands(string text)
    {
        var hostile = Row with
        {
            Party = text, Category = text, TaxRate = text, Reference = text, Description = text, Note = text, FileName = text, Owner = text, Customer = text, Class = text, Location = text,
            SageNumber = text, Issues = [text], Found = [new(FoundIn.Document, null, text)], WaitingBecause = text,
        };
        var frame = Usual with { Columns = Enum.GetValues<InboxColumn>(), Search = text[..3], MayPublish = true };

        foreach (var status in Enum.GetValues<ItemStatus>())
        {
            var row = Shown(hostile with { Status = status, SageUrl = status is ItemStatus.Published ? $"https://sage.example/{text}" : null }, frame);
            Assert.Empty(row.FindAll("img, script, b, [onmouseover], [onerror]"));
            Assert.Equal(text, row.Find("td.reference").TextContent);
            Assert.Equal(text, row.Find(".party a").TextContent);
        }
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
        Assert.Equal("é", Shown(Row with { Party = "Café" }, Usual with { Search = "e" }).Find(".party mark").TextContent);

        var row = Shown(Row with { Found = [new(FoundIn.Document, null, "…for the <b>blue</b> paint…")] }, Usual with { Search = "blue" });
        Assert.Equal("In the document: …for the <b>blue</b> paint…", row.Find("tr.reason").TextContent.Trim());
        Assert.Empty(Shown(Row with { Found = [new(FoundIn.Column, InboxColumn.Party, "Northwind Paper Ltd")] }, Usual with { Search = "wind" }).FindAll("tr.reason"));
    }

    [Fact]
    public void Fifty_rows_are_kept_in_no_more_than_a_thousand_pieces()
    {
        var fullest = Row with { Status = ItemStatus.ToReview, Issues = ["Choose a category.", "Give it a date."], IsDuplicate = true, Found = [new(FoundIn.Document, null, "blue")] };
        var rows = DrawnRow.Page(Enumerable.Range(0, 50).Select(n => fullest with { Code = $"CODE{n:000000}" }), Usual with { Search = "blue" });

        var drawn = Render<CountedRows>(p => p.Add(r => r.Rows, rows).Add(r => r.Ticks, new Ticks()));

        // One more, and twice as much is kept: the renderer doubles its room.
        Assert.InRange(drawn.Instance.Pieces, 1, 1024);
    }

    private sealed class CountedRows : InboxRows
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

    private static Task ClickAsync(IRenderedComponent<InboxRows> rows, string cell) =>
        rows.Find("tbody").TriggerEventAsync("onrowclick", new RowClickEventArgs { Code = Row.Code, Cell = cell });

    private IRenderedComponent<InboxRows> Shown(InboxRow row, RowFrame? frame = null, Action<ComponentParameterCollectionBuilder<InboxRows>>? also = null) => Render<InboxRows>(p =>
    {
        p.Add(r => r.Rows, DrawnRow.Page([row], frame ?? Usual)).Add(r => r.Ticks, new Ticks());
        also?.Invoke(p);
    });
}
