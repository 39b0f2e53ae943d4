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
        await TabToAsync(ben, ben.Button("Ben Okafor"));
        await keys.PressAsync("Enter");
        await ben.IsAtAsync("Costs");
        await TabToAsync(ben, ben.Main.GetByRole(AriaRole.Link, new() { Name = "Pelican Couriers Ltd", Exact = true }));
        await keys.PressAsync("Enter");
        await ben.IsAtAsync("Pelican Couriers Ltd");

        await TabToAsync(ben, ben.Button("Go to category"));
        await keys.PressAsync("Enter");
        await Expect(ben.Field("Category")).ToBeFocusedAsync();
        await keys.TypeAsync("Postage");
        await Expect(ben.Page.Locator(".mud-popover-open .mud-list-item").First).ToContainTextAsync("Postage");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await TabToAsync(ben, ben.Issues.GetByRole(AriaRole.Button, new() { Name = "Set tax to" }), "Shift+Tab");
        await keys.PressAsync("Enter");
        await ben.HasStatusAsync("Ready");
        await TabToAsync(ben, ben.Field("Note"));
        await keys.TypeAsync("Deliveries of March");
        await keys.PressAsync("Shift+Tab");
        await Expect(ben.Field("Note").Locator("xpath=ancestor::*[contains(@class,'field')][1]")).ToContainTextAsync("Saved");
        await TabToAsync(ben, ben.ExactButton("Publish"), "Shift+Tab");
        await keys.PressAsync("Enter");
        await ben.SeesAsync("Published to Sage as");
        await BooksHoldAsync(ben, bills: 1);
    }

    /// <summary>Presses until the focus is there, as a person would, and never touches anything else.</summary>
    private static async Task TabToAsync(Visitor person, ILocator target, string key = "Tab")
    {
        await target.WaitForAsync();
        for (var presses = 0; presses < 120; presses++)
        {
            if (await target.EvaluateAsync<bool>("one => one === document.activeElement")) return;
            await person.Page.Keyboard.PressAsync(key);
        }
        Assert.Fail($"{key} never came to {target}.");
    }
}
