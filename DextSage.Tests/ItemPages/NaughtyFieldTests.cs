using Bunit;
using DextSage.App.Items;
using DextSage.Integration.Items;
using DextSage.Tests.Items;
using MudBlazor;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>Strings that have broken other programs, on the screen: shown as they were typed, and never taken for markup.</summary>
public sealed class NaughtyFieldTests : BunitContext
{
    public NaughtyFieldTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Render<MudPopoverProvider>();
    }

    [Fact]
    public void A_field_shows_what_was_typed()
    {
        foreach (var text in NaughtyStrings.Read())
        {
            var field = Render<TextEdit>(p => p.AddCascadingValue(Editing(ItemViews.Ready)).Add(f => f.Field, ItemField.Description).Add(f => f.Value, text).Add(f => f.Edit, t => new ItemEdit.SetDescription(t)));

            Assert.Equal(text, field.Find("input").GetAttribute("value") ?? "");
            Assert.Single(field.FindAll("input"));
            Assert.Empty(field.FindAll("script, iframe, img"));
            field.Dispose();
        }
    }

    [Fact]
    public void The_panel_of_issues_shows_names_as_they_are()
    {
        foreach (var text in NaughtyStrings.Read().Where(t => !string.IsNullOrWhiteSpace(t)))
        {
            var panel = Render<IssuesPanel>(p => p.AddCascadingValue(Editing(ItemViews.Ready with { Issues = [new(ItemField.Supplier, text)] })));

            Assert.Equal(text.Trim(), panel.Find(".sentence").TextContent.Trim());
            Assert.Empty(panel.FindAll("script, iframe, img"));
            panel.Dispose();
        }
    }

    private static ItemEditing Editing(ItemView item) => new(item, Last: null, new FieldPlaces(), (_, _, _) => Task.FromResult(new EditOutcome(Refusal: null)), () => Task.CompletedTask);
}
