using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Each list's page as an Admin of a connected business has it, and what a bank account is used for.</summary>
[Collection(nameof(OtherChromium))]
public sealed class EveryList(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Each_list_has_its_page_and_a_bank_account_names_its_payment_methods()
    {
        await StartAsync("--Sandbox:LargeProducts=230");
        var alma = await SignInConnectedAsync(withSamples: false);
        await RefreshAsync(alma);

        await alma.Menu("Lists").ClickAsync();
        await alma.ExactLink("Payment methods").ClickAsync();
        await alma.Button("Add payment method").ClickAsync();
        await alma.Field("Name").FillAsync("Company card");
        await alma.Field("Last digits").FillAsync("4242");
        await alma.Page.Locator("#method-account").ClickAsync();
        await alma.Page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = "Current" }).First.ClickAsync();
        await Expect(alma.Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        await alma.ExactButton("Add").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Row, new() { Name = "Company card" })).ToContainTextAsync("Current");

        foreach (var list in (string[])["Categories", "Tax rates", "Products and services", "Bank accounts", "Currencies", "Suppliers", "Customers", "Department"])
        {
            await alma.Menu("Business settings").ClickAsync();
            await alma.Menu("Lists").ClickAsync();
            await alma.IsAtAsync("Lists");
            await alma.Main.GetByRole(AriaRole.Link, new() { Name = list, Exact = true }).ClickAsync();
            await alma.IsAtAsync(list);
            await Expect(alma.Page.GetByRole(AriaRole.Table, new() { Name = list })).ToBeVisibleAsync();
            if (list is "Bank accounts") await Expect(alma.Page.GetByRole(AriaRole.Row, new() { NameString = "Current" })).ToContainTextAsync("Company card 4242");
            if (list is "Products and services") await alma.SeesAsync("what was deleted in Sage shows when the whole list is compared");
            await alma.LookAsync($"list-{list.ToLowerInvariant().Replace(' ', '-')}");
        }

        await alma.Menu("Business settings").ClickAsync();
        await alma.Menu("Lists").ClickAsync();
        await alma.IsAtAsync("Lists");
        await alma.LookAsync("lists");
    }

    // Manage ▸ Refresh integration data, as the product's article has it.
    private static async Task RefreshAsync(Visitor admin)
    {
        await admin.Menu("Business settings").ClickAsync();
        await admin.ExactLink("Manage Sage Accounting").ClickAsync();
        await admin.ExactButton("Manage").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Refresh integration data" }).ClickAsync();
        await Expect(admin.RefreshBanner).ToContainTextAsync("up to date");
        await admin.RefreshBanner.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
    }
}
