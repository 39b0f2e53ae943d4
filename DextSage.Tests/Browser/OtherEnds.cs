using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>The wizard's other ends: each on a page that says what happened and offers the way on, and nothing has changed.</summary>
[Collection(nameof(OtherChromium))]
public sealed class OtherEnds(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Every_end_says_what_happened_and_changes_nothing()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");

        await alma.LeaveForSageAsync();
        await alma.LogInAtSageAsync();
        await alma.Button("Deny").ClickAsync();
        await EndsAsync(alma, "Nothing was connected", "On Sage's page the access was declined.");
        await alma.LookAsync("wizard-denied");
        await alma.ExactLink("Try again").ClickAsync();
        await alma.IsAtAsync("Available accounting software");

        await alma.Page.GotoAsync("/connect/sage/callback?code=GB%2Fguess&country=GB&state=guess");
        await EndsAsync(alma, "This return from Sage doesn't belong to you or this browser", "Nothing has changed.");
        await alma.LookAsync("wizard-unknown-state");
        await alma.Link("Go to your items").ClickAsync();

        await FaultAsync(new { kind = "status", path = "/token", method = "POST", status = 400 });
        await alma.LeaveForSageAsync();
        await alma.LogInAtSageAsync();
        await alma.Button("Allow").ClickAsync();
        await EndsAsync(alma, "Sage no longer accepts this sign-in code", "Nothing has changed.");

        await alma.LeaveForSageAsync();
        // A closed tab half-way.
        await NothingIsConnectedAsync(alma);
    }

    [Fact]
    public async Task A_return_works_once_and_only_in_the_browser_that_left()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        var ben = await SignInAsync("Ben Okafor");
        var stranger = await ComeAsync();

        // Somebody else gets hold of the address with the code, before it is used and after.
        var caught = await CatchReturnAsync(alma);
        await ben.Page.GotoAsync(caught);
        await EndsAsync(ben, "This return from Sage doesn't belong to you or this browser", "Nothing has changed.");
        await stranger.Page.GotoAsync(caught);
        await EndsAsync(stranger, "You are signed out", "nothing was connected");
        await stranger.LookAsync("wizard-signed-out");
        var cookies = await alma.Page.Context.CookiesAsync();
        await alma.ForgetCookieAsync("dextsage-sage");
        await alma.Page.GotoAsync(caught);
        await EndsAsync(alma, "This return from Sage doesn't belong to you or this browser", "Nothing has changed.");
        await alma.Page.Context.AddCookiesAsync(cookies.Where(c => c.Name == "dextsage-sage").Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = true }));
        await alma.Page.GotoAsync("/");
        await NothingIsConnectedAsync(alma);

        await alma.LeaveForSageAsync();
        // Sage asks for consent only once, so that logging in leads straight back.
        var returned = await alma.Page.RunAndWaitForRequestAsync(async () =>
        {
            await alma.LogInAtSageAsync();
            await alma.IsAtAsync("Choose organisation");
        }, r => r.Url.Contains("/connect/sage/callback", StringComparison.Ordinal));
        await alma.Page.GotoAsync(returned.Url);
        await EndsAsync(alma, "This step was already done", "what was done the first time stands");
        await alma.Page.GoBackAsync();
        await alma.IsAtAsync("Choose organisation");
        await alma.ChooseAsync("Marsh & Daughters Ltd");
        await alma.IsAtAsync("Marsh & Daughters Ltd is connected");
        await alma.Page.GotoAsync(returned.Url);
        await EndsAsync(alma, "This step was already done", "what was done the first time stands");
        await alma.ExactLink("Back to Connections").ClickAsync();
        await Expect(alma.Main).ToContainTextAsync("Connected");
    }

    /// <summary>Walks to Sage and back, and stops the browser on the doorstep.</summary>
    private static async Task<string> CatchReturnAsync(Visitor admin)
    {
        await admin.LeaveForSageAsync();
        await admin.LogInAtSageAsync();
        await admin.IsAtAsync("Allow access?");
        var caught = "";
        await admin.Page.RouteAsync("**/oauth2/consent?**", async route =>
        {
            caught = (await route.FetchAsync(new() { MaxRedirects = 0 })).Headers["location"];
            await route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>Caught</h1>" });
        });
        await admin.Button("Allow").ClickAsync();
        await admin.IsAtAsync("Caught");
        await admin.Page.UnrouteAllAsync();
        return caught;
    }

    private static async Task EndsAsync(Visitor visitor, string title, string sentence)
    {
        await visitor.IsAtAsync(title);
        await Expect(visitor.Main).ToContainTextAsync(sentence);
        await Expect(visitor.Main.GetByRole(AriaRole.Link).Last).ToBeVisibleAsync();
    }

    private static async Task NothingIsConnectedAsync(Visitor admin)
    {
        await admin.Page.GotoAsync("/b/marsh-daughters/settings/connections");
        await admin.SeesAsync("You are not currently connected to any accounting software");
    }
}
