using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>The list pages: found in the sidebar, searched, hidden from, put right again, reloaded.</summary>
[Collection(nameof(OtherChromium))]
public sealed class HidingSuppliers(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task An_Admin_finds_a_supplier_hides_it_undoes_that_and_reloads()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync(withSamples: false);
        await alma.Menu("Suppliers").ClickAsync();
        await alma.IsAtAsync("Suppliers");
        await Expect(alma.Link("All 61")).ToBeVisibleAsync();

        await alma.Field("Search suppliers").FillAsync("pelican");
        await Expect(alma.Link("All 1")).ToBeVisibleAsync();
        await Expect(alma.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=pelican", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var toggle = alma.Page.GetByRole(AriaRole.Switch, new() { Name = "Pelican Couriers Ltd visible" });
        await toggle.FocusAsync();
        await alma.Page.Keyboard.PressAsync("Space");
        await alma.SeesAsync("Pelican Couriers Ltd is hidden: pickers no longer offer it.");
        await Expect(alma.Link("Hidden 1")).ToBeVisibleAsync();
        await alma.LookAsync("suppliers-hidden");

        await alma.ExactButton("Undo").ClickAsync();
        await Expect(alma.Link("Hidden 0")).ToBeVisibleAsync();
        await Expect(toggle).ToBeCheckedAsync();
        await alma.ExactButton("Reload").ClickAsync();
        await Expect(alma.RefreshBanner).ToContainTextAsync("up to date");
        await alma.SeesAsync("Refreshed just now");

        await alma.Menu("Business settings").ClickAsync();
        await alma.Menu("Lists").ClickAsync();
        await alma.IsAtAsync("Lists");
    }
}
