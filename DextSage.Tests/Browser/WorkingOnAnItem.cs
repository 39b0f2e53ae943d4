using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>An item in a bookkeeper's hands: split, pasted, clicked from the paper, looked after by two, archived by a key.</summary>
public sealed class WorkingOnAnItem(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_total_is_split_the_paper_fills_a_field_and_the_history_tells_it()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");

        // What was read is shown where it stands, and a word of the paper goes into a field.
        await alma.Field("Total amount").FocusAsync();
        await Expect(alma.Page.Locator(".sheet-mark")).ToBeVisibleAsync();
        await alma.Field("Description").FocusAsync();
        await Expect(alma.Page.Locator(".sheet-mark")).ToHaveCountAsync(0);
        await alma.Page.Locator(".sheet-text span").Filter(new() { HasText = "Halifax" }).ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        await Expect(alma.Field("Description")).ToHaveValueAsync("Halifax");

        // Lines by keyboard.
        await alma.ExactButton("Split into lines").ClickAsync();
        await Expect(alma.Page.Locator("#line-1-unitprice")).ToBeVisibleAsync();
        await alma.ExactButton("Add line").ClickAsync();
        await Expect(alma.Page.Locator("#line-2-unitprice")).ToBeVisibleAsync();
        await alma.Page.Locator("#line-1-unitprice").FillAsync("100");
        await alma.Page.Keyboard.PressAsync("Enter");
        await Expect(alma.Page.Locator("#line-2-unitprice")).ToBeFocusedAsync();
        await alma.SeesAsync("they come to less than the total");
        await alma.LookAsync("item-lines");

        await alma.ExactButton("Paste").ClickAsync();
        await alma.Field("Rows").FillAsync("Description\tQty\tUnit price\nPaper\t2\tabc");
        await alma.SeesAsync("Row 2, column C (Unit price): ‘abc’ is not a number.");
        await alma.Field("Rows").FillAsync("Description\tQty\tUnit price\nPaper\t2\t50\nInk\t1\t127.50");
        await alma.ExactButton("Replace all lines with these").ClickAsync();
        await Expect(alma.Page.Locator("#line-2-description")).ToHaveValueAsync("Ink");
        await alma.ExactButton("Undo the last change of the lines").ClickAsync();
        await Expect(alma.Page.Locator("#line-1-unitprice")).ToHaveValueAsync("100.00");

        await alma.ExactButton("Split by shares").ClickAsync();
        await alma.LookAsync("item-split");
        await alma.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Offer this split on the next item of Northgate Stationers Ltd" }).ClickAsync();
        await alma.ExactButton("Split").ClickAsync();
        await Expect(alma.Page.Locator("#line-2-description")).ToBeVisibleAsync();
        await Expect(alma.Page.Locator("#line-3-description")).ToHaveCountAsync(0);
        await alma.ExactButton("Remove all lines").ClickAsync();
        await alma.SeesAsync("are split into 2 lines by percentages");

        await alma.ExactLink("History").ClickAsync();
        await alma.SeesAsync("Alma Marsh took the sample document ‘northgate-stationers.pdf’");
        await alma.SeesAsync("Alma Marsh set Description to ‘Halifax’");
        await alma.LookAsync("item-history");
    }

    [Fact]
    public async Task Two_people_see_each_other_and_each_others_edits_and_keys_archive_and_go_on()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");
        var ben = await SignInAsync("Ben Okafor");
        await ben.OpenAsync("Northgate Stationers Ltd");
        await alma.SeesAsync("Ben Okafor is looking at this item too");

        // A field that one is in is not wiped by the other, who is named.
        await alma.Field("Note").FocusAsync();
        await ben.Field("Note").FillAsync("From Ben");
        await ben.Page.Keyboard.PressAsync("Tab");
        await alma.SeesAsync("Ben Okafor has just changed this to ‘From Ben’.");
        await alma.Page.Keyboard.PressAsync("Escape");
        await Expect(alma.Field("Note")).ToHaveValueAsync("From Ben");

        await alma.ExactLink("Notes").ClickAsync();
        await alma.Field("Write the first note").FillAsync("Is this ours?");
        await alma.ExactButton("Add note").ClickAsync();
        await alma.SeesAsync("Is this ours?");

        // By keys: the sheet, the archive, back, and the neighbour.
        await alma.IsAtAsync("Northgate Stationers Ltd");
        await alma.Page.Locator("h1").FocusAsync();
        await alma.Page.Keyboard.PressAsync("?");
        await Expect(alma.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Publish, and open the next item");
        await alma.LookAsync("keys");
        await alma.ExactButton("Close").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await alma.Page.Keyboard.PressAsync("1");
        await alma.SeesAsync("Item details");
        await alma.Page.Keyboard.PressAsync("e");
        await alma.SeesAsync("It was archived without being published.");
        await alma.Page.Keyboard.PressAsync("u");
        await Expect(alma.ExactButton("Archive")).ToBeVisibleAsync();
        await alma.Page.Keyboard.PressAsync("k");
        await Expect(alma.Page.GetByRole(AriaRole.Heading, new() { Name = "Northgate Stationers Ltd", Level = 1 })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_item_is_left_while_its_paper_is_being_drawn_and_the_browser_has_nothing_to_complain_of()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");
        var ways = alma.Page.Locator("a[aria-label='Previous item'][href], a[aria-label='Next item'][href]");
        for (var n = 0; n < 8; n++)
        {
            // The page that is being left may still be on the screen, with a link to where one is already.
            var from = alma.Page.Url;
            var link = n % 3 == 0 ? ways.Last : ways.First;
            await UntilAsync(async () => await ways.CountAsync() > 0 && await link.GetAttributeAsync("href") is { } to && !from.EndsWith(to, StringComparison.Ordinal), "a way to another item");
            await link.ClickAsync();
            await UntilAsync(() => Task.FromResult(alma.Page.Url != from), "another item");
        }
        await Expect(alma.Page.Locator(".sheet canvas")).ToBeVisibleAsync();
    }
}
