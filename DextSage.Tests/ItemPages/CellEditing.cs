using Bunit;
using DextSage.App.Items.Bulk;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>A cell of the inbox that is edited where it stands.</summary>
public sealed class CellEditing : Screen
{
    private const string Focus = "dextSageCall";

    private static readonly InboxRow Row = new("7K3Q9VTMDW", Version: 3, Workspace.Costs, ItemStatus.Ready, ItemType.Invoice) { Party = "Northwind Paper Ltd", Category = "Stationery", Owner = "Alice", CreatedAt = ItemViews.Then };
    private static readonly RowFrame Frame = new(InboxLayoutView.Usual.Columns, "marsh", ItemViews.Then);

    [Fact]
    public async Task Left_by_Escape_the_keyboard_goes_on_from_the_cell()
    {
        await SettleInAsync();
        var rows = Shown();

        await rows.Find(".picker").KeyDownAsync("Escape");
        rows.Render(p => p.Add(r => r.Edited, null));

        var call = Assert.Single(JSInterop.Invocations[Focus]);
        Assert.EndsWith("js/row-focus.js", (string?)call.Arguments[0], StringComparison.Ordinal);
        Assert.Equal(["focusCell", Row.Code, "category"], call.Arguments.Skip(1));
    }

    [Fact]
    public async Task Left_for_something_else_nothing_takes_the_keyboard_from_there()
    {
        await SettleInAsync();
        var rows = Shown();

        await rows.InvokeAsync(() => rows.FindComponent<CellPicker>().Instance.OnEnd.InvokeAsync(false));
        rows.Render(p => p.Add(r => r.Edited, null));

        Assert.DoesNotContain(JSInterop.Invocations, i => i.Identifier == Focus);
    }

    private IRenderedComponent<InboxRows> Shown()
    {
        Render<MudPopoverProvider>();
        return RenderAs<InboxRows>(Role.Bookkeeper, p => p.Add(r => r.Rows, DrawnRow.Page([Row], Frame)).Add(r => r.Ticks, new Ticks()).Add(r => r.Edited, EditedCell.Of(Row, InboxColumn.Category, Frame)));
    }
}
