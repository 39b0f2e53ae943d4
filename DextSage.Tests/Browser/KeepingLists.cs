using System.Text;
using DextSage.Integration.Sandbox;
using DextSage.Tests.Sandbox;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Lists kept by hand while nothing is connected, and what a refresh says of those from Sage.</summary>
[Collection(nameof(OtherChromium))]
public sealed class KeepingLists(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Without_a_connection_suppliers_come_from_a_file_and_payment_methods_by_hand()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        await alma.Menu("Suppliers").ClickAsync();
        await alma.SeesAsync("No suppliers yet");
        await alma.LookAsync("suppliers-none");
        await alma.ExactLink("Import from CSV").ClickAsync();
        await alma.IsAtAsync("Import suppliers");
        await alma.LookAsync("import");
        await alma.Page.GetByLabel("Choose a CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "suppliers.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("Supplier Name,Supplier Code,Currency\nNorthgate Stationers Ltd,NG01,GBP\nPelican Couriers Ltd,,POUNDS\n"),
        });
        await alma.SeesAsync("1 to add, 1 refused.");
        await alma.SeesAsync("The currency must be three letters, such as GBP.");
        await alma.LookAsync("import-preview");
        await alma.ExactButton("Import").ClickAsync();
        await alma.SeesAsync("1 added, 1 refused.");
        await alma.LookAsync("import-done");
        await alma.ExactLink("Go to suppliers").ClickAsync();
        await Expect(alma.Link("All 1")).ToBeVisibleAsync();
        await alma.LookAsync("suppliers-own");

        await alma.Menu("Business settings").ClickAsync();
        await alma.Menu("Lists").ClickAsync();
        await alma.ExactLink("Payment methods").ClickAsync();
        await alma.Button("Add payment method").ClickAsync();
        await alma.Field("Name").FillAsync("Company card");
        await alma.Field("Last digits").FillAsync("4242");
        await alma.LookAsync("payment-method-add");
        await alma.ExactButton("Add").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Row, new() { Name = "Company card" })).ToContainTextAsync("4242");
        await alma.LookAsync("payment-methods");
    }

    [Fact]
    public async Task What_a_refresh_leaves_hanging_is_in_its_report_and_one_that_waits_says_so_and_can_be_cancelled()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        var marsh = SandboxHost.BusinessId("Marsh & Daughters Ltd");
        await MutateAsync(new { business = marsh, action = "delete", kind = "tax_rates", id = "GB_STANDARD" });
        await MutateAsync(new { business = marsh, action = "delete", id = SeedId.Of(marsh, "contact", "VENDOR", "Northgate Stationers Ltd") });
        await RefreshAsync(alma);
        await Expect(alma.RefreshBanner).ToContainTextAsync("2 no longer in Sage");
        await alma.ExactLink("See what changed").ClickAsync();
        await alma.IsAtAsync("Refresh report");
        var mend = alma.Page.GetByRole(AriaRole.Region, new() { Name = "To mend" });
        await Expect(mend).ToContainTextAsync("Standard 20.00%");
        await Expect(mend).ToContainTextAsync("1 open item");
        await alma.LookAsync("refresh-report");
        await alma.Link("No longer in Sage 2").ClickAsync();
        await Expect(alma.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("kind=retired", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await mend.GetByRole(AriaRole.Link, new() { NameString = "Northgate Stationers Ltd" }).ClickAsync();
        await alma.IsAtAsync("Northgate Stationers Ltd");
        await Expect(alma.Page.GetByRole(AriaRole.Region, new() { Name = "Document" }).Locator("canvas")).ToBeVisibleAsync();

        await FaultAsync(new { kind = "throttle", path = "/contacts", times = 50, retryAfter = "600" });
        await RefreshAsync(alma);
        await Expect(alma.RefreshBanner).ToContainTextAsync("Refresh is waiting for Sage");
        await Expect(alma.RefreshBanner).ToContainTextAsync("Not before");
        await alma.LookAsync("refresh-waiting");
        await alma.Page.ReloadAsync();
        await Expect(alma.RefreshBanner).ToContainTextAsync("Refresh is waiting for Sage");
        await alma.RefreshBanner.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(alma.RefreshBanner).ToContainTextAsync("The refresh was cancelled");

        await alma.ExactLink("History").ClickAsync();
        await alma.IsAtAsync("Refreshes");
        await Expect(alma.Main.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await alma.LookAsync("refresh-history");
    }

    private static async Task RefreshAsync(Visitor admin)
    {
        await admin.Menu("Business settings").ClickAsync();
        await admin.ExactLink("Manage Sage Accounting").ClickAsync();
        await admin.ExactButton("Manage").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Refresh integration data" }).ClickAsync();
    }
}
