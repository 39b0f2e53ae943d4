using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Everything that is Ready goes to Sage at once, and everybody watches.</summary>
public sealed class PublishingAll(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task All_that_is_Ready_is_published_and_a_colleague_and_a_reloaded_page_see_how_far_it_has_come()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.Page.GetByLabel("Select this page").CheckAsync();
        await alma.ExactButton("Bulk edit").ClickAsync();
        await alma.Field("Category").FillAsync("office");
        await alma.Page.Locator(".mud-popover-open .mud-list-item").GetByText("Office costs").First.ClickAsync();
        await alma.Button("Change 5 items").ClickAsync();
        // The fifth has a supplier whom Sage does not know.
        await Expect(alma.Link("Ready 4")).ToBeVisibleAsync();
        await alma.Link("Ready 4").ClickAsync();
        await FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "slow", delayMs = 3000, times = 4 });

        await alma.ExactButton("Publish all Ready (4)").ClickAsync();
        await alma.SeesAsync("Publish 4 items to Sage?");
        await alma.LookAsync("publish-all");
        await alma.ExactButton("Publish 4 items").ClickAsync();

        var ben = await SignInAsync("Ben Okafor");
        await Expect(Banner(ben)).ToContainTextAsync("of 4");
        await alma.Page.ReloadAsync();
        await Expect(Banner(alma)).ToContainTextAsync("of 4");
        await alma.LookAsync("publishing-banner");
        await Expect(Banner(ben)).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Expect(alma.Link("Archive 4")).ToBeVisibleAsync();
    }

    private static ILocator Banner(Visitor person) => person.Page.GetByRole(AriaRole.Region, new() { Name = "Publishing to Sage" });
}
