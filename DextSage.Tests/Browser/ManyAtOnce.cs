using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DextSage.Integration.Intake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>A bookkeeper does things to many items at once, and takes them back.</summary>
public sealed class ManyAtOnce(Chromium chromium) : Journey(chromium)
{
    private const int Items = 120;

    [Fact]
    public async Task All_that_match_are_edited_undone_archived_deleted_restored_and_exported()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync(withSamples: false);
        await ImportAsync(alma);
        var (bar, panel) = (alma.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Ticked items" }), alma.Page.GetByRole(AriaRole.Region, new() { Name = "Bulk actions" }));

        // A range with Shift, the page, then all that match.
        await Box(alma, "Supplier 119").ClickAsync();
        await Box(alma, "Supplier 115").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(bar).ToContainTextAsync("5 selected");
        await alma.LookAsync("bulk-some");
        await alma.Page.Keyboard.PressAsync("Escape");
        await Expect(bar).ToHaveCountAsync(0);
        await alma.Page.GetByLabel("Select this page").CheckAsync();
        await alma.Button($"Select all {Items} that match").ClickAsync();
        await Expect(bar).ToContainTextAsync($"All {Items} that match");

        await alma.ExactButton("Bulk edit").ClickAsync();
        await alma.Field("Category").FillAsync("office");
        await alma.Page.GetByRole(AriaRole.Listbox).Or(alma.Page.Locator(".mud-popover-open .mud-list-item")).GetByText("Office costs").First.ClickAsync();
        await alma.Field("Description").FillAsync("Stationery");
        await alma.LookAsync("bulk-edit");
        await alma.Button($"Change {Items} items").ClickAsync();
        await Expect(panel).ToContainTextAsync($"{Items} items changed");
        await Expect(alma.Row("Supplier 119")).ToContainTextAsync("Office costs");
        await alma.LookAsync("bulk-done");

        await panel.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(panel).ToContainTextAsync($"{Items} items as before");
        await Expect(alma.Row("Supplier 119")).Not.ToContainTextAsync("Office costs");

        // Two to the archive; deleted there; restored from the bin.
        await Box(alma, "Supplier 119").ClickAsync();
        await Box(alma, "Supplier 118").ClickAsync();
        await ActAsync(alma, "Move to archive");
        await Expect(panel).ToContainTextAsync("2 items archived");
        await alma.Link("Archive").ClickAsync();
        await alma.Page.GetByLabel("Select this page").CheckAsync();
        await ActAsync(alma, "Delete");
        await Expect(panel).ToContainTextAsync("2 items deleted");
        await alma.Link("Bin").ClickAsync();
        await Box(alma, "Supplier 118").ClickAsync();
        await alma.ExactButton("Restore").ClickAsync();
        await Expect(panel).ToContainTextAsync("1 item restored");
        await panel.GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await alma.IsAtAsync("Restore");
        await alma.LookAsync("bulk-run");
        await alma.ExactLink("Bulk actions").ClickAsync();
        await alma.IsAtAsync("Bulk actions");
        await alma.LookAsync("bulk-runs");

        await alma.Menu("Costs").First.ClickAsync();
        await alma.Field("Search costs").FillAsync("Supplier 11");
        await Expect(alma.Page).ToHaveURLAsync(new Regex("q=Supplier", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(alma.Row("Supplier 100")).ToHaveCountAsync(0);
        await alma.Page.GetByLabel("Select this page").CheckAsync();
        await ActAsync(alma, "Export");
        await alma.LookAsync("bulk-export");
        var download = await alma.Page.RunAndWaitForDownloadAsync(() => alma.ExactButton("Export").ClickAsync());
        Assert.Matches(new Regex(@"^Marsh & Daughters Ltd items \d{4}-\d{2}-\d{2}\.csv$", RegexOptions.None, TimeSpan.FromSeconds(1)), download.SuggestedFilename);
        await alma.SeesAsync("The file is in your downloads.");
        await using var file = await download.CreateReadStreamAsync();
        var rows = (await DextExport.ReadAsync(file)).Rows;
        Assert.All(rows, row => Assert.StartsWith("Supplier 11", row.Supplier, StringComparison.Ordinal));
        Assert.Contains(rows, row => row is { Supplier: "Supplier 115", Reference: "=1+115", Total: 115.50m, Currency: "GBP" });
    }

    [Fact]
    public async Task On_a_phone_items_are_ticked_and_archived_by_touch()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        await ImportAsync(alma);
        await alma.Page.SetViewportSizeAsync(390, 800);
        await Box(alma, "Supplier 119").ClickAsync();
        await Box(alma, "Supplier 118").ClickAsync();
        var bar = alma.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Ticked items" });
        await Expect(bar).ToBeInViewportAsync();
        await Expect(bar).ToContainTextAsync("2 selected");
        await ActAsync(alma, "Move to archive");
        await Expect(alma.Page.GetByRole(AriaRole.Region, new() { Name = "Bulk actions" })).ToContainTextAsync("2 items archived");
        await Expect(alma.Link("Supplier 119")).ToHaveCountAsync(0);
    }

    private static ILocator Box(Visitor person, string supplier) => person.Page.GetByLabel($"Select {supplier}", new() { Exact = true });

    private static async Task ActAsync(Visitor person, string action)
    {
        await person.ExactButton("Actions").ClickAsync();
        await person.Page.Locator(".mud-popover-open").GetByText(action, new() { Exact = true }).ClickAsync();
    }

    private static async Task ImportAsync(Visitor person)
    {
        var csv = new StringBuilder("Receipt ID,Type,Date,Supplier,Invoice Number,Total,Tax,Currency,Status\r\n");
        for (var n = 0; n < Items; n++) csv.Append(CultureInfo.InvariantCulture, $"{9000 + n},Receipt,{1 + n % 28:00}-Oct-2026,Supplier {n},'=1+{n},{n}.50,0.00,GBP,processed\r\n");
        await person.AddAsync(new FilePayload { Name = "export.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv.ToString()) });
        await Expect(person.Link($"Inbox {Items}")).ToBeVisibleAsync();
        await person.Menu("Costs").First.ClickAsync();
        await Expect(person.Row("Supplier 119")).ToBeVisibleAsync();
    }
}
