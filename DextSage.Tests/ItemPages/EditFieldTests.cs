using Bunit;
using DextSage.App.Items;
using DextSage.Integration.Items;
using MudBlazor;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class EditFieldTests : BunitContext
{
    private readonly List<ItemEdit> saved = [];

    public EditFieldTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Render<MudPopoverProvider>();
    }

    [Fact]
    public void A_date_that_is_only_looked_at_is_not_saved()
    {
        var field = RenderDate(new DateOnly(2026, 11, 7), out _);

        Assert.Equal("07/11/2026", field.Find("input").GetAttribute("value"));
        Assert.Empty(saved);
    }

    [Fact]
    public void A_typed_date_is_saved_with_its_day_first()
    {
        var field = RenderDate(null, out _);

        field.Find("input").Change("7/11/26");

        field.WaitForAssertion(() => Assert.Equal([new ItemEdit.SetDate(new DateOnly(2026, 11, 7))], saved));
    }

    [Fact]
    public void What_is_no_date_stays_as_typed_with_the_reason()
    {
        var field = RenderDate(new DateOnly(2026, 11, 7), out _);

        field.Find("input").Change("31/02/2026");

        Assert.Equal("31/02/2026", field.Find("input").GetAttribute("value"));
        Assert.Contains("is not a date", field.Markup, StringComparison.Ordinal);
        Assert.Empty(saved);
    }

    [Fact]
    public void A_locked_field_can_be_read_and_not_written()
    {
        var field = RenderDate(new DateOnly(2026, 11, 7), out _, ItemViews.Ready with { Locked = "This item is in Sage." });

        Assert.True(field.Find("input").HasAttribute("readonly"));
    }

    [Fact]
    public void A_typed_amount_is_saved_to_the_penny()
    {
        var field = Render<AmountEdit>(p => p
            .AddCascadingValue(Editing(ItemViews.Ready)).Add(f => f.Field, ItemField.Total).Add(f => f.Amount, 120m).Add(f => f.EditAmount, a => new ItemEdit.SetTotal(a)));

        field.Find("input").Change("1,234.5");

        field.WaitForAssertion(() => Assert.Equal([new ItemEdit.SetTotal(1234.50m)], saved));
    }

    [Fact]
    public void The_last_edit_can_be_undone_beside_its_field()
    {
        var undone = 0;
        var editing = new ItemEditing(ItemViews.Ready, new LastEdit(ItemField.Date, new ItemEdit.SetDate(null)), new FieldPlaces(), Save, () =>
        {
            undone++;
            return Task.CompletedTask;
        });
        var field = Render<DateEdit>(p => p.AddCascadingValue(editing).Add(f => f.Field, ItemField.Date).Add(f => f.EditDate, d => new ItemEdit.SetDate(d)));

        field.Find("button.undo").Click();

        Assert.Equal(1, undone);
    }

    private IRenderedComponent<DateEdit> RenderDate(DateOnly? date, out ItemEditing editing, ItemView? item = null)
    {
        var those = editing = Editing(item ?? ItemViews.Ready);
        return Render<DateEdit>(p => p.AddCascadingValue(those).Add(f => f.Field, ItemField.Date).Add(f => f.Date, date).Add(f => f.EditDate, d => new ItemEdit.SetDate(d)));
    }

    private ItemEditing Editing(ItemView item) => new(item, Last: null, new FieldPlaces(), Save, () => Task.CompletedTask);

    private Task<EditOutcome> Save(ItemField field, ItemEdit edit, int version)
    {
        saved.Add(edit);
        return Task.FromResult(new EditOutcome(Refusal: null));
    }
}
