using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Somebody who uses no mouse: sign in, open, edit, publish.</summary>
public sealed class ByKeyboard(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task The_whole_work_on_an_item_needs_no_mouse()
    {
        await StartAsync();
        await SignInConnectedAsync();

        var ben = await ComeAsync();
        var keys = ben.Page.Keyboard;
        await ben.Page.GotoAsync("/");
        await ben.TabToAsync(ben.Button("Ben Okafor"));
        await keys.PressAsync("Enter");
        await ben.IsAtAsync("Costs");
        await ben.TabToAsync(ben.Main.GetByRole(AriaRole.Link, new() { Name = "Pelican Couriers Ltd", Exact = true }));
        await keys.PressAsync("Enter");
        await ben.IsAtAsync("Pelican Couriers Ltd");

        await ben.TabToAsync(ben.Button("Go to category"));
        await keys.PressAsync("Enter");
        await Expect(ben.Field("Category")).ToBeFocusedAsync();
        await keys.TypeAsync("Postage");
        await Expect(ben.Page.Locator(".mud-popover-open .mud-list-item").First).ToContainTextAsync("Postage");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await ben.TabToAsync(ben.Issues.GetByRole(AriaRole.Button, new() { Name = "Set tax to" }), "Shift+Tab");
        await keys.PressAsync("Enter");
        await ben.HasStatusAsync("Ready");
        await ben.TabToAsync(ben.Field("Note"));
        await keys.TypeAsync("Deliveries of March");
        await keys.PressAsync("Shift+Tab");
        await Expect(ben.Field("Note").Locator("xpath=ancestor::*[contains(@class,'field')][1]")).ToContainTextAsync("Saved");
        await ben.TabToAsync(ben.ExactButton("Publish"), "Shift+Tab");
        await keys.PressAsync("Enter");
        await ben.SeesAsync("Published to Sage as");
        await BooksHoldAsync(ben, bills: 1);
    }
}
