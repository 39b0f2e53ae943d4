using System.Text;
using DextSage.Integration.Intake;
using DextSage.Tests.Intake.Converting;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Files of a person's own, through the browser's file picker.</summary>
[Collection(nameof(OtherChromium))]
public sealed class RealFiles(Chromium chromium) : Journey(chromium)
{
    private const string Standard = "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Total,Currency,Tax (GBP),Total (GBP),Status,Owner,Note,Description,Image";
    private const string WithTaxList = "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Tax Name,Tax Code,Tax Percentage,Total,Currency,Tax (GBP),Total (GBP),Status,Owner,Note,Description,Image";

    [Fact]
    public async Task Papers_become_items_and_a_bad_file_is_refused_by_name()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        var pelican = SampleDocuments.Draw(new DateOnly(2026, 3, 9)).First(s => s.FileName.StartsWith("pelican", StringComparison.Ordinal)).Content;
        var jpeg = Receipt() ?? await alma.Page.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg });
        var png = await alma.Page.ScreenshotAsync();

        await alma.AddAsync(File("courier.pdf", pelican), File("till.jpg", jpeg), File("letter.pdf", "This is no PDF."u8.ToArray()), File("scan.png", png));

        await alma.SeesAsync("3 items added, 1 file refused");
        await alma.SeesAsync("“letter.pdf” is not a PDF, JPEG, PNG, TIFF, HEIC, ZIP or electronic invoice, whatever its name says.");
        await alma.LookAsync("costs-uploads");
        await Expect(alma.Row("Pelican Couriers Ltd")).ToContainTextAsync("To review");
        await DownloadsAsTheyCameAsync(alma, "Pelican Couriers Ltd", pelican);
        // What was read with confidence is there; what the paper does not say stays empty.
        await Expect(alma.Field("Document reference")).ToHaveValueAsync("PC-118-0447");
        await Expect(alma.Field("Date")).ToHaveValueAsync("06/03/2026");
        await DownloadsAsTheyCameAsync(alma, "till.jpg", jpeg);
        await Expect(alma.Field("Total amount")).ToHaveValueAsync("");
        await alma.LookAsync("item-photo");
        await DownloadsAsTheyCameAsync(alma, "scan.png", png);
    }

    [Fact]
    public async Task No_press_and_no_file_is_lost_while_a_page_is_furnished_or_others_are_on_their_way()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        var samples = SampleDocuments.Draw(new DateOnly(2026, 3, 9));
        TaskCompletionSource script = new(TaskCreationOptions.RunContinuationsAsynchronously), sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await alma.Page.RouteAsync("**/js/upload*", async route => { await script.Task; await route.ContinueAsync(); });
        await alma.Page.RouteAsync("**/uploads*", async route => { if (route.Request.Method == "POST") await sending.Task; await route.ContinueAsync(); });
        await alma.Page.ReloadAsync();

        // The button is there, and nobody listens yet.
        await alma.AddAsync(File("first.pdf", samples[0].Content));
        script.SetResult();
        await alma.SeesAsync("Adding 1 file…");
        await alma.AddAsync(File("letter.pdf", "This is no PDF."u8.ToArray()), File("second.pdf", samples[1].Content));
        await alma.SeesAsync("2 more files will follow.");
        sending.SetResult();

        var added = alma.Page.GetByRole(AriaRole.Region, new() { Name = "Added documents" });
        await Expect(added.GetByRole(AriaRole.Status)).ToHaveTextAsync("2 items added, 1 file refused");
        await Expect(added.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["first.pdf", "letter.pdf", "second.pdf"]);
        await alma.Page.UnrouteAllAsync();
    }

    [Fact]
    public async Task A_zip_shows_what_became_of_its_files_and_a_picture_is_pasted_unless_somebody_types()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        var added = alma.Page.GetByRole(AriaRole.Region, new() { Name = "Added documents" });

        await alma.AddAsync(File("march.zip", Zips.Of(("bills/fax.tiff", ForeignPapers.Tiff(true, false)), ("IMG_0001.HEIC", ForeignPapers.Heic), ("notes.txt", Zips.Words("milk")))));
        await Expect(added.GetByRole(AriaRole.Status)).ToHaveTextAsync("2 items added, 1 file refused");
        await Expect(added.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["march.zip", "3 files in it", "fax.tiff", "IMG_0001.HEIC", "notes.txt"]);

        await PasteAsync(alma, "input");
        await Expect(added.GetByRole(AriaRole.Status)).ToHaveTextAsync("2 items added, 1 file refused");
        await PasteAsync(alma, "body");
        await Expect(added.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 item added");
        await Expect(added).ToContainTextAsync("Pasted picture 20");
        await Expect(alma.Page.Locator("input[capture=environment][accept='image/*']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Both_layouts_of_a_Dext_export_come_in_with_the_files_beside_them()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        var paper = SampleDocuments.Draw(new DateOnly(2026, 3, 9))[0].Content;

        await alma.AddAsync(
            File("export.csv", Encoding.UTF8.GetBytes(Standard
                + "\r\n12345678901,Invoice,20-Aug-2026,3-Sep-2026,INV-7,\"Bean, Sons\",Travel,,,,,1.50,10.50,GBP,1.50,10.50,archived,Ann,,,\r\n12345678902,Receipt,21-Aug-2026,,,City Cabs,Travel,,,,,0.00,18.00,GBP,0.00,18.00,,Ann,,,\r\n")),
            File("12345678901.pdf", paper));
        await alma.SeesAsync("Belongs to a row of the export.");
        await Expect(alma.Page.GetByRole(AriaRole.Region, new() { Name = "Added documents" }).GetByRole(AriaRole.Status)).ToHaveTextAsync("2 items added");
        await alma.AddAsync(File("with-taxes.csv", Encoding.UTF8.GetBytes(WithTaxList
            + "\r\n12345678903,Receipt,22-Aug-2026,,R-1,Harbour Cafe,Meals,,,,,2.00,Standard,T1,20.0%,12.00,GBP,2.00,12.00,,Ann,,lunch,\r\n")));
        await alma.SeesAsync("1 item added");

        await Expect(alma.Row("City Cabs")).ToContainTextAsync("18.00");
        await Expect(alma.Row("Harbour Cafe")).ToContainTextAsync("12.00");
        await alma.OpenAsync("City Cabs");
        await alma.SeesAsync("This item has no document.");
        await alma.Main.GetByRole(AriaRole.Navigation, new() { Name = "Breadcrumb" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await DownloadsAsTheyCameAsync(alma, "Bean, Sons", paper);
        await Expect(alma.Field("Due date")).ToHaveValueAsync("03/09/2026");
        await alma.SeesAsync("The document says ‘Bean, Sons’, which is not a supplier in Sage.");
    }

    /// <summary>A picture from the clipboard, as a browser hands it to what has the focus.</summary>
    private static async Task PasteAsync(Visitor person, string target) => await person.Page.EvaluateAsync("""
        async target => {
          const canvas = document.createElement('canvas');
          const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
          document.querySelector(target).dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }
        """, target);

    private static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = content };

    private static async Task DownloadsAsTheyCameAsync(Visitor person, string title, byte[] content)
    {
        if (!await person.Link(title).First.IsVisibleAsync()) await person.Menu("Costs").ClickAsync();
        await person.OpenAsync(title);
        await Expect(person.Page.GetByRole(AriaRole.Region, new() { Name = "Document" }).Locator("canvas")).ToBeVisibleAsync();
        var download = await person.Page.RunAndWaitForDownloadAsync(() => person.Link("Download").ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(content, copy.ToArray());
    }

    /// <summary>A real photo, where there are some beside this checkout.</summary>
    private static byte[]? Receipt() =>
        Shared.Folder is { } shared && System.IO.File.Exists(Path.Combine(shared, "corpus/receipts/000.jpg")) ? System.IO.File.ReadAllBytes(Path.Combine(shared, "corpus/receipts/000.jpg")) : null;
}
