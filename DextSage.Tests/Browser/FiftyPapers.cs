using System.IO.Compression;
using System.Text.RegularExpressions;
using DextSage.Tests.Intake;
using DextSage.Tests.Intake.Converting;
using DextSage.Tests.Intake.Structured;
using ImageMagick;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>A morning's post of all sorts, dropped at once; what recurs is left to rules, and one supplier's invoices to publishing by itself.</summary>
[Collection(nameof(OtherChromium))]
public sealed class FiftyPapers(Chromium chromium) : Journey(chromium)
{
    private static readonly string[] Suppliers = ["Northgate Stationers Ltd", "Brightwater Energy plc", "Fenwick & Rowe Solicitors", "Pelican Couriers Ltd", "Birchwood IT Services Ltd"];

    [Fact]
    public async Task They_arrive_are_coded_by_rules_made_of_them_and_published_by_themselves_where_nothing_speaks_against_it()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync(withSamples: false);

        await DropAsync(alma, [.. Post()]);
        await alma.SeesAsync("49 items added, 1 file refused");
        await alma.SeesAsync("“letter.pdf” is not a PDF, JPEG, PNG, TIFF, HEIC, ZIP or electronic invoice, whatever its name says.");
        await Expect(alma.Link("Inbox 49")).ToBeVisibleAsync();
        await Expect(alma.Link("Processing 0")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await alma.LookAsync("fifty-arrived");

        foreach (var supplier in Suppliers) await MakeRuleAsync(alma, supplier, publishes: supplier == Suppliers[0]);
        await alma.Menu("Costs").First.ClickAsync();
        await Expect(alma.Link("Ready 40")).ToBeVisibleAsync();
        await alma.LookAsync("fifty-coded");

        await alma.Menu("Rules").ClickAsync();
        await alma.Link("Auto-publish").ClickAsync();
        await alma.Field("Limit, in GBP").FillAsync("500");
        await alma.Page.GetByLabel("Hold time").ClickAsync();
        await alma.Page.Locator(".mud-popover-open").GetByText("None", new() { Exact = true }).ClickAsync();
        await alma.ExactButton("Turn on").ClickAsync();
        await alma.SeesAsync("Auto-publish is on.");

        // One within the limit, one above it, and one of a supplier whose rule says nothing of publishing.
        await alma.Menu("Costs").First.ClickAsync();
        await DropAsync(alma, Ubl(Suppliers[0], 901, 60), Ubl(Suppliers[0], 902, 600), Ubl(Suppliers[1], 903, 70));
        await alma.SeesAsync("3 items added");
        await Expect(alma.Link("Archive 1")).ToBeVisibleAsync();
        await BooksHoldAsync(alma, bills: 1);
        await FindAsync(alma, "F-902");
        await alma.SeesAsync("Not published by itself");
        await alma.SeesAsync("Its total of 720.00 GBP is above the limit of 500.00.");
        await alma.LookAsync("fifty-held-back");
        await alma.Menu("Costs").First.ClickAsync();
        await FindAsync(alma, "F-903");
        await alma.HasStatusAsync("Ready");
        await Expect(alma.Page.GetByText("published by itself")).ToHaveCountAsync(0);
        await BooksHoldAsync(alma, bills: 1);
    }

    /// <summary>From its first item: tried, saved and applied to what is here.</summary>
    private static async Task MakeRuleAsync(Visitor alma, string supplier, bool publishes)
    {
        await alma.Menu("Costs").First.ClickAsync();
        await alma.Field("Search costs").FillAsync(supplier);
        await Expect(alma.Page.Locator("tr.row")).ToHaveCountAsync(8);
        await alma.Row(supplier).First.GetByRole(AriaRole.Link, new() { NameString = supplier }).ClickAsync();
        await alma.IsAtAsync(supplier);
        await alma.Button("More actions").ClickAsync();
        await alma.Page.Locator(".mud-popover-open").GetByText("Set supplier rules").ClickAsync();
        await alma.IsAtAsync("Set supplier rules");
        await alma.PickAsync("Category", "office", "Office costs");
        if (publishes)
        {
            await alma.Page.GetByLabel("Auto-publish").ClickAsync();
            await alma.Page.Locator(".mud-popover-open").GetByText("Always", new() { Exact = true }).ClickAsync();
        }

        await alma.ExactButton("Try on the inbox").ClickAsync();
        await alma.SeesAsync("Would change 8 items");
        if (publishes) await alma.LookAsync("fifty-tried");
        await alma.Button("Save, and apply to all inbox items").ClickAsync();
        await Expect(alma.Page).ToHaveURLAsync(new Regex("/activity/bulk/", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await alma.SeesAsync("8 items changed");
    }

    private static async Task FindAsync(Visitor alma, string reference)
    {
        await alma.Field("Search costs").FillAsync(reference);
        await Expect(alma.Page.Locator("tr.row")).ToHaveCountAsync(1);
        await alma.Page.Locator("tr.row").GetByRole(AriaRole.Link).First.ClickAsync();
        await alma.IsAtAsync(Suppliers[reference == "F-903" ? 1 : 0]);
    }

    /// <summary>Eight invoices of each supplier, as XML, as PDF and within a ZIP; nine pictures; and one that is nothing.</summary>
    private static IEnumerable<(string Name, byte[] Content)> Post()
    {
        var zipped = new List<(string Name, byte[] Content)>();
        foreach (var (supplier, at) in Suppliers.Select((s, at) => (s, at)))
            for (var n = 0; n < 8; n++)
            {
                var number = 100 * at + n;
                var invoice = Invoice(supplier, number, 10 + number);
                if (n < 4) yield return ($"{number}.xml", invoice.Ubl());
                else if (n < 6) yield return ($"{number}.pdf", FacturX.Around(invoice.Cii()));
                else zipped.Add(($"{supplier}/{number}.xml", invoice.Ubl()));
            }

        yield return ("post.zip", Zip(zipped));
        for (var n = 1; n <= 3; n++)
        {
            yield return ($"till {n}.jpg", LargePapers.Photo(300 + n, 400, 80));
            yield return ($"scan {n}.png", ForeignPapers.Sheet(MagickFormat.Png, 300u + (uint)n, 400));
        }

        yield return ("fax.tif", ForeignPapers.Tiff(true, true));
        yield return ("fax 2.tif", ForeignPapers.Tiff(false));
        yield return ("phone.heic", ForeignPapers.Heic);
        yield return ("letter.pdf", "This is no PDF."u8.ToArray());
    }

    private static (string Name, byte[] Content) Ubl(string supplier, int number, decimal net) => ($"{number}.xml", Invoice(supplier, number, net).Ubl());

    private static DrawnInvoice Invoice(string supplier, int number, decimal net) => new()
    {
        Number = $"F-{number:000}", Seller = supplier, Date = new DateOnly(2026, 10, 1).AddDays(number % 28), DueDate = new DateOnly(2026, 12, 1), Lines = [new("Goods", 1, net, 20)],
    };

    private static byte[] Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }

        return stream.ToArray();
    }

    /// <summary>As the browser hears of it when somebody lets go of files above the page.</summary>
    private static async Task DropAsync(Visitor person, params (string Name, byte[] Content)[] files)
    {
        await Expect(person.ExactButton("Add documents").First).ToBeVisibleAsync();
        await Expect(person.Page).ToHaveURLAsync(new Regex("/costs", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await person.Page.EvaluateAsync(
            """
            async files => {
              const transfer = new DataTransfer();
              for (const { name, content } of files) transfer.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
              const drag = type => document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
              // Nobody lets go before the page shows where.
              while (drag('dragenter')) await new Promise(done => setTimeout(done, 50));
              drag('dragover');
              drag('drop');
            }
            """,
            files.Select(f => new { name = f.Name, content = Convert.ToBase64String(f.Content) }).ToArray());
    }
}
