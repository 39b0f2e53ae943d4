using System.Globalization;
using System.Text;
using DextSage.Integration.Intake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Two hundred items from a Dext export to Ready and out again, by a bookkeeper who never touches a mouse; and by one who has only a phone.</summary>
public sealed class ABookkeepersHour(Chromium chromium) : Journey(chromium)
{
    private const int Items = 200;
    private const string Focused = "document.activeElement.textContent.trim()";

    [Fact]
    public async Task Two_hundred_items_are_imported_cleared_split_merged_archived_undone_and_exported_by_keyboard_alone()
    {
        await StartAsync();
        await SignInConnectedAsync(withSamples: false);
        var ben = await ComeAsync();
        await ben.Page.GotoAsync("/");
        await ben.TabToAsync(ben.Button("Ben Okafor"));
        await ben.PressAsync("Enter");
        await ben.IsAtAsync("Costs");

        await ImportAsync(ben);
        await ClearToReviewAsync(ben);
        await SplitOneAsync(ben);
        await MergeTwoAsync(ben);
        await ArchiveAndUndoAsync(ben);
        await ExportAsync(ben);
    }

    private static async Task ImportAsync(Visitor ben)
    {
        await ben.TabToAsync(ben.ExactButton("Add documents").First);
        var chooser = await ben.Page.RunAndWaitForFileChooserAsync(() => ben.PressAsync("Enter"));
        await chooser.SetFilesAsync(Export());
        await ben.SeesAsync($"{Items} items added");
        await Expect(ben.Link($"To review {Items}")).ToBeVisibleAsync();
    }

    private static async Task ClearToReviewAsync(Visitor ben)
    {
        await ben.TabToAsync(ben.Link($"To review {Items}"));
        await ben.PressAsync("Enter");
        await Expect(ben.Link($"To review {Items}")).ToHaveAttributeAsync("aria-current", "page");
        await ben.PressAsync("*");
        await Expect(Bar(ben)).ToContainTextAsync("50 selected");
        await ben.PressAsync("a");
        await Expect(ben.Button($"Select all {Items} that match")).ToBeFocusedAsync();
        await ben.PressAsync("Enter");
        await Expect(Bar(ben)).ToContainTextAsync($"All {Items} that match");
        await ben.PressAsync("a");
        await Expect(ben.ExactButton("Bulk edit")).ToBeFocusedAsync();
        await ben.PressAsync("Enter");

        await ben.PickByKeysAsync("Category", "Office costs");
        await ben.PickByKeysAsync("Tax rate", "Standard");
        await ben.PickByKeysAsync("Supplier", "Pelican");
        await ben.TabToAsync(ben.Field("Description"));
        await ben.Page.Keyboard.TypeAsync("Stationery");
        await ben.LookAsync("hour-bulk-edit");
        await ben.TabToAsync(ben.ExactButton($"Change {Items} items"));
        await ben.PressAsync("Enter");
        await Expect(Panel(ben)).ToContainTextAsync($"{Items} items changed");
        await Expect(ben.Link($"Ready {Items}")).ToBeVisibleAsync();
    }

    private static async Task SplitOneAsync(Visitor ben)
    {
        await ben.TabToAsync(ben.Link($"Ready {Items}"));
        await ben.PressAsync("Enter");
        await Expect(ben.Page.Locator("tr.row").First).ToBeVisibleAsync();
        await ben.PressAsync("j");
        await ben.PressAsync("j");
        await ben.PressAsync("Enter");
        await Expect(ben.Field("Document reference")).ToHaveValueAsync("INV-198");
        await ben.TabToAsync(ben.ExactButton("Split into lines"));
        await ben.PressAsync("Enter");
        await Expect(ben.Page.Locator("#line-1-unitprice")).ToBeVisibleAsync();
        await ben.TabToAsync(ben.Page.Locator("#line-1-unitprice"));
        await ben.Page.Keyboard.TypeAsync("5");
        await ben.PressAsync("Tab");
        await ben.SeesAsync("they come to less than the total");
        await ben.TabToAsync(ben.ExactButton("Add remaining balance").Last);
        await ben.PressAsync("Enter");
        await Expect(ben.Page.Locator("#line-2-unitprice")).ToBeVisibleAsync();
        await Expect(ben.Page.GetByText("they come to")).ToHaveCountAsync(0);
        await ben.HasStatusAsync("Ready");
        await ben.LookAsync("hour-split");
        await ben.PressAsync("Escape");
        await ben.PressAsync("b");
        await ben.IsAtAsync("Costs");
    }

    private static async Task MergeTwoAsync(Visitor ben)
    {
        await SelectAsync(ben, 2);
        await ActByKeysAsync(ben, "Merge");
        await ben.IsAtAsync("Merge items");
        await ben.TabToAsync(ben.ExactButton("Merge 2 items"));
        await ben.PressAsync("Enter");
        await ben.SeesAsync("Merged from");
        await ben.LookAsync("hour-merged");
        await ben.TabToAsync(ben.ExactButton("Unmerge"));
        await ben.PressAsync("Enter");
        await ben.SeesAsync("was taken apart again");
        await ben.TabToAsync(ben.Menu("Costs"));
        await ben.PressAsync("Enter");
        await ben.IsAtAsync("Costs");
        await Expect(ben.Link($"Ready {Items}")).ToBeVisibleAsync();
    }

    private static async Task SelectAsync(Visitor ben, int items)
    {
        var rows = ben.Page.Locator("tr.row a.open");
        for (var row = 0; row < items; row++)
        {
            await StepOntoAsync(ben, rows.Nth(row));
            await ben.PressAsync("x");
            await Expect(Bar(ben)).ToContainTextAsync($"{row + 1} selected");
        }
    }

    /// <summary>Presses until the row below has the cursor: a page that has just come may not listen to keys yet.</summary>
    private static async Task StepOntoAsync(Visitor ben, ILocator row)
    {
        await row.WaitForAsync();
        await UntilAsync(async () =>
        {
            await ben.PressAsync("j");
            return await row.EvaluateAsync<bool>("one => one === document.activeElement");
        }, "the next row has the cursor");
    }

    private static async Task ArchiveAndUndoAsync(Visitor ben)
    {
        await SelectAsync(ben, 3);
        await ActByKeysAsync(ben, "Move to archive");
        await Expect(Panel(ben)).ToContainTextAsync("3 items archived");
        await Expect(ben.Link("Archive 3")).ToBeVisibleAsync();
        await ben.PressAsync("u");
        await Expect(Panel(ben)).ToContainTextAsync("3 items as before");
        await Expect(ben.Link("Archive 0")).ToBeVisibleAsync();
    }

    private static async Task ExportAsync(Visitor ben)
    {
        await ben.PressAsync("/");
        await Expect(ben.Field("Search costs")).ToBeFocusedAsync();
        await ben.Page.Keyboard.TypeAsync("INV-19");
        await Expect(ben.Page.Locator("tr.row")).ToHaveCountAsync(11);
        await ben.PressAsync("Escape");
        await ben.PressAsync("*");
        await ActByKeysAsync(ben, "Export");
        await ben.TabToAsync(ben.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }));
        var download = await ben.Page.RunAndWaitForDownloadAsync(() => ben.PressAsync("Enter"));
        await using var file = await download.CreateReadStreamAsync();
        var rows = (await DextExport.ReadAsync(file)).Rows;
        Assert.Equal(11, rows.Count);
        Assert.All(rows, row => Assert.StartsWith("INV-19", row.Reference, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal("Stationery", row.Description));
    }

    [Fact]
    public async Task On_a_phone_an_item_is_found_split_archived_and_brought_back_by_touch()
    {
        await StartAsync();
        await SignInConnectedAsync(withSamples: false);
        var ben = await ComeAsync(onPhone: true);
        await ben.Page.GotoAsync("/");
        await ben.Button("Ben Okafor").TapAsync();
        await ben.IsAtAsync("Costs");
        await ben.AddAsync(Export());
        await Expect(ben.Link($"To review {Items}")).ToBeVisibleAsync();

        await ben.Field("Search costs").TapAsync();
        await ben.Page.Keyboard.TypeAsync("INV-19");
        await Expect(ben.Page.Locator("tr.row")).ToHaveCountAsync(11);
        await ben.Page.Locator("a.open").First.TapAsync();
        await Expect(ben.Field("Document reference")).ToHaveValueAsync("INV-199");
        await ben.ExactButton("Split into lines").TapAsync();
        await ben.Page.Locator("#line-1-unitprice").TapAsync();
        await ben.Page.Keyboard.TypeAsync("5");
        await ben.Field("Note").TapAsync();
        await ben.SeesAsync("they come to less than the total");
        await ben.ExactButton("Archive").TapAsync();
        await ben.SeesAsync("It was archived without being published.");
        await ben.ExactLink("Costs").First.TapAsync();
        await ben.IsAtAsync("Costs");

        var box = ben.Page.GetByLabel("Select Supplier 198", new() { Exact = true });
        await box.TapAsync();
        await Expect(Bar(ben)).ToBeInViewportAsync();
        await ben.ExactButton("Actions").TapAsync();
        await ben.Page.Locator(".mud-popover-open").GetByText("Delete", new() { Exact = true }).TapAsync();
        await Expect(Panel(ben)).ToContainTextAsync("1 item deleted");
        await Panel(ben).GetByRole(AriaRole.Button, new() { Name = "Undo" }).TapAsync();
        await Expect(Panel(ben)).ToContainTextAsync("1 item as before");
        await Expect(box).ToBeVisibleAsync();
    }

    private static ILocator Bar(Visitor person) => person.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Ticked items" });

    private static ILocator Panel(Visitor person) => person.Page.GetByRole(AriaRole.Region, new() { Name = "Bulk actions" });

    private static async Task ActByKeysAsync(Visitor person, string action)
    {
        await person.PressAsync("a");
        await person.TabToAsync(person.ExactButton("Actions"));
        await person.PressAsync("Enter");
        await Expect(person.Page.Locator(".mud-popover-open")).ToBeVisibleAsync();
        // The server moves the focus within a menu: not faster than it comes.
        while (await person.Page.EvaluateAsync<string>(Focused) is var at && at != action)
        {
            await person.PressAsync("ArrowDown");
            await person.Page.WaitForFunctionAsync($"was => {Focused} !== was", at);
        }

        await person.PressAsync("Enter");
    }

    /// <summary>Receipts of which no two are alike; the tax in each is a fifth of its net amount.</summary>
    private static FilePayload Export()
    {
        var csv = new StringBuilder("Receipt ID,Type,Date,Supplier,Invoice Number,Total,Tax,Currency,Status\r\n");
        for (var n = 0; n < Items; n++)
            csv.Append(CultureInfo.InvariantCulture, $"{9000 + n},Receipt,{1 + n % 28:00}-Oct-2026,Supplier {n},INV-{n},{1.20m * (n + 10):0.00},{0.20m * (n + 10):0.00},GBP,processed\r\n");
        return new FilePayload { Name = "export.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv.ToString()) };
    }
}
