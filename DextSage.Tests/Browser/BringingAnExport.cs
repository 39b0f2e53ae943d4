using System.Text;
using DextSage.Integration.Intake;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Somebody moves from Dext: chooses the files, says what a column is, imports, reads what became of each row, and does it again.</summary>
public sealed class BringingAnExport(Chromium chromium) : Journey(chromium)
{
    private const string Formula = "=HYPERLINK(\"https://evil.example\",\"Pay\")";

    // Its total has a heading that Dext does not write.
    private const string Export =
        "Receipt ID,Type,Date,Supplier,Sum,Currency,Note,Image\r\n"
        + "10000000001,Receipt,20-Aug-2026,Northgate Stationers Ltd,12.00,GBP,+1+cmd|' /C calc'!A0,https://rbnk.me/i/abc\r\n"
        + "10000000002,Invoice,21-Aug-2026,\"=HYPERLINK(\"\"https://evil.example\"\",\"\"Pay\"\")\",24.00,GBP,@SUM(A1),https://rbnk.me/i/def\r\n"
        + "10000000003,Expense claim,22-Aug-2026,Ann,5.00,GBP,,\r\n"
        + ",Receipt,23-Aug-2026,Nobody,1.00,GBP,,\r\n";

    [Fact]
    public async Task An_export_is_looked_at_mapped_imported_and_reported_and_adds_nothing_the_second_time()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        await ChooseAsync(alma, File("dext.csv", Encoding.UTF8.GetBytes(Export)), File("dext.zip", Zips.Of(("Northgate_10000000001.pdf", Paper), ("other.pdf", Paper))), File("half.zip", "PK\x03\x04"u8.ToArray()));

        await alma.IsAtAsync("dext.csv");
        await alma.SeesAsync("“half.zip” is no ZIP that can be opened");
        await alma.Page.GetByText("Which column is what: 7 of 8 columns are known").ClickAsync();
        await alma.Field("Total").SelectOptionAsync("Sum");
        await alma.SeesAsync("Which column is what: 8 of 8 columns are known");
        await Expect(alma.Page.GetByRole(AriaRole.Region, new() { Name = "Its rows" })).ToContainTextAsync(Formula);
        await Expect(alma.Page.GetByRole(AriaRole.Region, new() { Name = "Its rows" })).ToContainTextAsync("24.00");
        await alma.SeesAsync("1 file without a row");
        await alma.LookAsync("import-preview");
        await alma.ExactButton("Import 3 items").ClickAsync();

        await alma.SeesAsync("Imported in part");
        var rows = alma.Page.GetByRole(AriaRole.Region, new() { Name = "Rows" }).Locator("tbody tr");
        await Expect(rows).ToContainTextAsync(["10000000001 Added", "10000000002 Added", "10000000003 Added", "has no Receipt ID"]);
        await Expect(rows.Locator("td[data-label=Document]")).ToHaveTextAsync(["Yes", "Missing", "None in Dext", ""]);
        await alma.SeesAsync("“half.zip” is no ZIP that can be opened");
        await alma.LookAsync("import-report");
        Assert.DoesNotContain((await DownloadAsync(alma, "Download the report")).Split("\r\n"), line => line.Split(',').Any(cell => cell.TrimStart('"') is ['=' or '+' or '@', ..]));
        Assert.Contains("10000000002,https://rbnk.me/i/def", await DownloadAsync(alma, "Download the missing documents"), StringComparison.Ordinal);
        await alma.Link("Go to Costs").ClickAsync();
        await Expect(alma.Row("Northgate Stationers Ltd")).ToContainTextAsync("12.00");
        await alma.OpenAsync(Formula);

        await ChooseAsync(alma, File("dext.csv", Encoding.UTF8.GetBytes(Export.Replace("Sum", "Total", StringComparison.Ordinal))));
        await alma.ExactButton("Import nothing new").ClickAsync();
        await Expect(rows).ToContainTextAsync(["10000000001 Here already", "10000000002 Here already", "10000000003 Here already", "has no Receipt ID"]);
        await alma.Menu("Import from Dext").ClickAsync();
        await alma.SeesAsync("0 added, 3 here already, 1 refused");
        await alma.LookAsync("imports");
    }

    private static byte[] Paper => SampleDocuments.Draw(new DateOnly(2026, 3, 9))[0].Content;

    private static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = content };

    private static async Task ChooseAsync(Visitor person, params FilePayload[] files)
    {
        await person.Menu("Import from Dext").ClickAsync();
        await person.IsAtAsync("Import from Dext");
        await person.ChooseAsync(person.ExactButton("Choose files"), files);
    }

    private static async Task<string> DownloadAsync(Visitor person, string link)
    {
        var download = await person.Page.RunAndWaitForDownloadAsync(() => person.ExactLink(link).ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
