using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Connect, refresh, check, publish, in the words of the article and before the eyes of two people.</summary>
[Collection(nameof(OtherChromium))]
public sealed class MainJourney(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_newcomer_puts_an_invoice_into_Sage_with_its_document()
    {
        await StartAsync("--Sandbox:Latency=00:00:00.600", "--Sandbox:LargeSuppliers=640");
        var stranger = await ComeAsync();
        await stranger.Page.GotoAsync("/");
        await stranger.IsAtAsync("Sign in");
        await stranger.LookAsync("sign-in");
        var ben = await SignInAsync("Ben Okafor");
        var alma = await SignInAsync("Alma Marsh");
        await alma.LookAsync("costs-empty");

        await ConnectWithAnEyeOnItAsync(alma, ben);
        await CheckAndPublishAsync(alma);
        await RefreshAgainAsync(alma, ben);
    }

    private static async Task ConnectWithAnEyeOnItAsync(Visitor alma, Visitor ben)
    {
        await alma.Menu("Business settings").ClickAsync();
        await alma.Menu("Connections").ClickAsync();
        await alma.IsAtAsync("Connections");
        await Expect(alma.Page.GetByRole(AriaRole.Heading, new() { Name = "Accounting software" })).ToBeVisibleAsync();
        await alma.LookAsync("connections-none");
        await alma.ExactLink("Connect").ClickAsync();
        await alma.Field("Search software").FillAsync("quick");
        await alma.SeesAsync("Nothing here is called");
        await alma.Field("Search software").FillAsync("sage");
        await alma.LookAsync("available-software");
        await alma.Button("Connect Sage Accounting").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Log in at Sage.");
        await alma.LookAsync("connect-dialog");
        await alma.Button("Connect software").ClickAsync();
        await alma.IsAtAsync("Sign in");
        await alma.SeesAsync("sandbox");
        await alma.Button("Olivia Marsh").ClickAsync();
        await alma.ExactLink("United Kingdom").ClickAsync();
        await alma.IsAtAsync("Allow access?");
        await alma.Button("Allow").ClickAsync();
        await alma.IsAtAsync("Choose organisation");
        foreach (var organisation in (string[])["Marsh & Daughters Ltd", "Harbour Street Bakery", "Tidewater Crafts", "Corner Community Trust", "Liffey Trading Ltd"])
            await Expect(alma.Page.GetByRole(AriaRole.Radio, new() { NameString = organisation })).ToBeAttachedAsync();
        await alma.LookAsync("organisations");
        await alma.ChooseAsync("Marsh & Daughters Ltd");

        // Nobody has touched Ben's page since he came in.
        await Expect(ben.RefreshBanner).ToContainTextAsync("Refresh in progress");
        await Expect(ben.RefreshBanner).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Suppliers: [1-9][0-9]* of 6[0-9][0-9]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await alma.IsAtAsync("Marsh & Daughters Ltd is connected");
        await alma.SeesAsync("Your organisation is connected");
        await Expect(ben.RefreshBanner).ToContainTextAsync("added");
        await ben.LookAsync("refresh-done");
        await alma.LookAsync("connected");
        await alma.Button("Finish").ClickAsync();
        await alma.IsAtAsync("Sage Accounting");
        await alma.LookAsync("sage-connection");
    }

    private static async Task CheckAndPublishAsync(Visitor alma)
    {
        await alma.Menu("Costs").ClickAsync();
        await alma.AddSamplesAsync();
        await alma.LookAsync("costs-samples");
        await alma.OpenAsync("Northgate Stationers Ltd");
        await Expect(alma.Page.GetByRole(AriaRole.Region, new() { Name = "Document" }).Locator("canvas")).ToBeVisibleAsync();
        await Expect(alma.Button("Publish")).ToBeDisabledAsync();
        await alma.SeesAsync("Resolve the issues first.");
        await alma.LookAsync("item-to-review");
        await alma.ResolveAsync();
        await alma.LookAsync("item-ready");
        await alma.PublishAsync();
        await alma.HasStatusAsync("Published");
        await Expect(alma.Main.Locator("time").First).ToBeVisibleAsync();
        await alma.LookAsync("item-published");
        await TakePictureAsync(alma);

        var ledger = await alma.Page.RunAndWaitForPopupAsync(() => alma.Link("Open in Sage").ClickAsync());
        await Expect(ledger.GetByRole(AriaRole.Heading, new() { Name = "Purchase invoice" })).ToBeVisibleAsync();
        await Expect(ledger.GetByRole(AriaRole.Main)).ToContainTextAsync("Northgate Stationers Ltd");
        var line = ledger.GetByRole(AriaRole.Table, new() { Name = "Lines" }).Locator("tbody tr");
        await Expect(line).ToContainTextAsync("Office costs");
        await Expect(line).ToContainTextAsync("Standard");
        await Expect(ledger.GetByRole(AriaRole.Table, new() { Name = "Attachments" }).GetByRole(AriaRole.Link)).ToHaveTextAsync("northgate-stationers.pdf");
        await ledger.CloseAsync();
    }

    private static async Task RefreshAgainAsync(Visitor alma, Visitor ben)
    {
        await alma.Menu("Business settings").ClickAsync();
        await alma.ExactLink("Manage Sage Accounting").ClickAsync();
        await alma.ExactButton("Manage").ClickAsync();
        await alma.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Refresh integration data" }).ClickAsync();
        await Expect(alma.RefreshBanner).ToContainTextAsync("Refresh in progress");
        await Expect(ben.RefreshBanner).ToContainTextAsync("Refresh in progress");
        await Expect(alma.RefreshBanner).ToContainTextAsync("Nothing had changed");
    }

    // The picture that README shows.
    private static async Task TakePictureAsync(Visitor alma)
    {
        if (Screens.Folder is { } folder) await alma.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "screenshot.png") });
    }
}
