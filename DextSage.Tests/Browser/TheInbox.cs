using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>An inbox made one's own: searched, filtered, sorted, edited in its rows, and kept as a view.</summary>
public sealed class TheInbox(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_bookkeeper_finds_codes_and_keeps_what_they_look_for()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.LookAsync("inbox");

        await CodeInTheRowAsync(alma);
        await SearchAsync(alma);
        await FilterAndKeepAsync(alma);
        await ArrangeAsync(alma);
        await alma.Menu("Sales").ClickAsync();
        await alma.IsAtAsync("Sales");
        await alma.SeesAsync("No sales yet");
        await alma.LookAsync("inbox-sales-empty");
    }

    private static async Task CodeInTheRowAsync(Visitor alma)
    {
        var row = alma.Row("Northgate Stationers Ltd");
        await row.GetByRole(AriaRole.Button, new() { NameString = "change category" }).ClickAsync();
        await Expect(row.Locator("td.edited input")).ToBeFocusedAsync();
        await alma.Page.Keyboard.TypeAsync("Office");
        var first = alma.Page.Locator(".mud-popover-open .mud-list-item").First;
        await Expect(first).ToContainTextAsync("Office");
        await alma.LookAsync("inbox-editing");
        await first.ClickAsync();
        await Expect(row.Locator("td.category")).ToContainTextAsync("Office");
        await alma.SeesAsync("Category of Northgate Stationers Ltd saved.");
        await alma.ExactButton("Undo").ClickAsync();
        await Expect(row.Locator("td.category")).ToContainTextAsync("Choose");

        // Left by Escape the keyboard goes on from the cell.
        await row.GetByRole(AriaRole.Button, new() { NameString = "change category" }).ClickAsync();
        await Expect(row.Locator("td.edited input")).ToBeFocusedAsync();
        await alma.Page.Keyboard.PressAsync("Escape");
        await Expect(row.Locator("td.category button")).ToBeFocusedAsync();
    }

    private static async Task SearchAsync(Visitor alma)
    {
        await alma.Page.Keyboard.PressAsync("Escape");
        await alma.Field("Search costs").FillAsync("pelican");
        await Expect(alma.Page.Locator("tr.row")).ToHaveCountAsync(1);
        await Expect(alma.Page.Locator("tr.row mark")).ToHaveTextAsync("Pelican");
        await alma.LookAsync("inbox-searched");
        await alma.Field("Search costs").FillAsync("nowhere at all");
        await alma.SeesAsync("Nothing here matches");
        await alma.Link("Clear the search").ClickAsync();
        await Expect(alma.Row("Pelican Couriers Ltd")).ToBeVisibleAsync();
    }

    private static async Task FilterAndKeepAsync(Visitor alma)
    {
        await alma.ExactButton("Filter").ClickAsync();
        await alma.Field("Supplier").FillAsync("Northgate Stationers Ltd");
        await Expect(alma.Page.Locator(".chips")).ToContainTextAsync("Supplier: Northgate Stationers Ltd");
        await alma.LookAsync("inbox-filters");
        await alma.Page.Locator("#inbox-filters").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(alma.Page.Locator("#inbox-filters")).ToBeHiddenAsync();

        await alma.ExactButton("Views").ClickAsync();
        await alma.Field("Name of what you see now").FillAsync("Stationery");
        await alma.ExactButton("Save view").ClickAsync();
        await Expect(alma.Page.Locator("nav.views")).ToContainTextAsync("Stationery");
        await alma.LookAsync("inbox-views");
        await alma.Page.Keyboard.PressAsync("Escape");
        await alma.ExactLink("Clear all").ClickAsync();
        await Expect(alma.Row("Pelican Couriers Ltd")).ToBeVisibleAsync();
    }

    private static async Task ArrangeAsync(Visitor alma)
    {
        await alma.ExactButton("Columns").ClickAsync();
        foreach (var column in (string[])["Owner", "Net", "Due date", "File", "Note"]) await alma.Page.GetByRole(AriaRole.Checkbox, new() { NameString = column, Exact = true }).CheckAsync();
        await alma.Page.GetByRole(AriaRole.Radio, new() { Name = "Narrow" }).CheckAsync();
        await Expect(alma.Page.Locator("th.note")).ToBeAttachedAsync();
        await alma.LookAsync("inbox-columns");
        await alma.Page.Keyboard.PressAsync("Escape");
        await alma.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Total" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Total" })).ToHaveAttributeAsync("aria-sort", "descending");
        await alma.LookAsync("inbox-many-columns");
    }
}
