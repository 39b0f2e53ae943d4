using System.Net;
using System.Text;
using System.Text.Json;
using DextSage.App.Account;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>A Dext export from its files to its report.</summary>
public sealed class ImportingFromDext
{
    private const string TaxList = "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Tax Name,Tax Code,Tax Percentage,Total,Currency,Tax (GBP),Total (GBP),Status,Owner,Note,Description,Image\r\n";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_with_its_ZIP_is_sent_looked_at_and_imported_and_the_same_again_adds_nothing()
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");
        var export = TaxList
            + "10000000001,Receipt,20-Aug-2026,,R-1,Northgate,Travel (20%),,,,,2.00,Standard,T1,20.0%,12.00,GBP,2.00,12.00,processed,Ann,,,https://rbnk.me/i/abc\r\n"
            + "10000000002,Invoice,21-Aug-2026,20-Sep-2026,R-2,Harbour,,,,,,0.00,,,,100.00,EUR,0.00,85.00,claimed,Ann,,,https://rbnk.me/i/def\r\n"
            + "10000000003,Expense claim,22-Aug-2026,,,Ann,,,,,,,,,,100.00,GBP,,100.00,processed,Ann,,,\r\n"
            + ",Receipt,20-Aug-2026,,,Nobody,,,,,,,,,,1.00,GBP,,,processed,Ann,,,\r\n";
        var zip = Zips.Of(("files/Northgate_10000000001.pdf", Scanner.Paper()), ("files/other.pdf", Scanner.Paper(1)));

        var id = await SendAsync(app, alma, ("dext.csv", Encoding.UTF8.GetBytes(export)), ("dext.zip", zip));
        var pages = app.Services.GetRequiredService<ImportPages>();
        var preview = (await pages.PreviewAsync(Scanner.Alma, id, Cancellation))!;

        Assert.Equal((3, 3, 0, 1), (preview.Rows, preview.New, preview.AlreadyHere, preview.Dropped));
        Assert.Equal(("Dext's items, with a tax list", "GBP", 1, 1), (preview.Layout, preview.BaseCurrency, preview.Claims, preview.Claimed));
        Assert.Equal((1, "https://rbnk.me/i/def"), (preview.Matched, Assert.Single(preview.Missing).ImageLink));
        Assert.Equal(["other.pdf"], preview.Unmatched);
        Assert.Contains("10000000002,https://rbnk.me/i/def", await alma.GetStringAsync($"/b/{ReadyPeople.BusinessSlug}/import/{id:N}/missing.csv", Cancellation), StringComparison.Ordinal);
        await using (var db = Db(app)) Assert.Empty(await db.Items.ToListAsync(Cancellation));

        var done = await ImportAsync(app, id);

        Assert.Equal((ImportStatus.Completed, 3, 0, 1, 1), (done.Status, done.Added, done.AlreadyHere, done.Refused, done.WithoutFile));
        await using (var db = Db(app))
        {
            var items = await db.Items.Include(i => i.Document).OrderBy(i => i.DextReceiptId).ToListAsync(Cancellation);
            Assert.Equal([ItemType.Receipt, ItemType.Invoice, ItemType.ExpenseClaim], items.Select(i => i.Type));
            Assert.Equal(("Northgate", 12.00m, "Northgate_10000000001.pdf"), (items[0].SupplierName, items[0].Total, items[0].Document!.FileName));
            Assert.Equal(0.85m, items[1].ExchangeRate);
        }
        var report = await alma.GetStringAsync($"/b/{ReadyPeople.BusinessSlug}/import/{id:N}/report.csv", Cancellation);
        Assert.Equal(5, report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("has no Receipt ID", report, StringComparison.Ordinal);
        // Dext has no document for a claim: none is missing.
        Assert.Contains("none in Dext", report, StringComparison.Ordinal);
        Assert.DoesNotContain("10000000003", await alma.GetStringAsync($"/b/{ReadyPeople.BusinessSlug}/import/{id:N}/missing.csv", Cancellation), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(app.DataFolder, "imports", id.ToString("N"))));

        var again = await ImportAsync(app, await SendAsync(app, alma, ("dext.csv", Encoding.UTF8.GetBytes(export)), ("dext.zip", zip)));
        Assert.Equal((0, 3), (again.Added, again.AlreadyHere));
        await using (var db = Db(app)) Assert.Equal(3, await db.Items.CountAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_no_export_is_said_and_kept_nowhere()
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");

        using var answer = await PostAsync(app, alma, ("a.pdf", Scanner.Paper()));

        Assert.Contains("no CSV file", (await Scanner.JsonAsync(answer)).GetProperty("refusal").GetString(), StringComparison.Ordinal);
        using var foreign = await PostAsync(app, alma, origin: "https://evil.example", ("a.csv", [1]));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        await Wait.UntilAsync(() => !Directory.Exists(Path.Combine(app.DataFolder, "imports")) || Directory.GetDirectories(Path.Combine(app.DataFolder, "imports")).Length == 0, "its files are gone");
    }

    [Fact]
    public async Task An_import_that_is_killed_goes_on_where_it_was_and_adds_each_row_once()
    {
        await using var quarter = await Quarter.OpenAsync();
        var rows = string.Concat(Enumerable.Range(1, 180).Select(n => $"2{n:D9},Receipt,20-Aug-2026,Supplier {n},{n}.00,GBP\r\n"));
        var id = await Exporter.BringAsync(quarter, "Receipt ID,Type,Date,Supplier,Total,Currency\r\n" + rows);
        await quarter.Get<ImportDesk>().StartAsync(quarter.Town.Claim(Who.Admin), id, Cancellation);
        var work = quarter.Get<ImportWork>();
        for (var death = 0; death < 3; death++)
        {
            using var killed = new CancellationTokenSource();
            using var listening = quarter.Get<BusinessSignal>().Listen(quarter.Town.Marsh.Id, killed.Cancel, News.Rows);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.RunAsync(quarter.Town.Marsh.Id, killed.Token));
        }
        await work.RunAsync(quarter.Town.Marsh.Id, Cancellation);

        var done = (await quarter.Get<ImportPages>().FindAsync(quarter.Town.Claim(Who.Admin), id, Cancellation))!;
        Assert.Equal((ImportStatus.Completed, 180, 180, 0), (done.Status, done.Added, done.Position, done.AlreadyHere));
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        Assert.Equal(180, await db.Items.CountAsync(i => i.DextReceiptId != null, Cancellation));
        Assert.Equal(180, await db.ImportRows.CountAsync(r => r.ImportId == id, Cancellation));
    }

    [Fact]
    public async Task Columns_in_any_order_under_any_heading_are_told_by_a_person()
    {
        await using var quarter = await Quarter.OpenAsync();
        var alma = quarter.Town.Claim(Who.Admin);
        var id = await Exporter.BringAsync(quarter, "Betrag;Nummer;Lieferant;Tag\n12.50;30000000001;Bäckerei;20-Aug-2026\n");
        var pages = quarter.Get<ImportPages>();
        var before = (await pages.PreviewAsync(alma, id, Cancellation))!;
        Assert.NotNull(before.Refusal);
        Assert.Equal(4, before.Headings.Count);

        var columns = new Dictionary<ExportColumn, int> { [ExportColumn.Total] = 0, [ExportColumn.ReceiptId] = 1, [ExportColumn.Supplier] = 2, [ExportColumn.Date] = 3 };
        await quarter.Get<ImportDesk>().MapAsync(alma, id, columns, Cancellation);
        var after = (await pages.PreviewAsync(alma, id, Cancellation))!;
        Assert.Equal((null, 1), (after.Refusal, after.New));
        // Before it is started, and on another page.
        Assert.Contains("30000000001", await pages.MissingAsync(alma, id, Cancellation), StringComparison.Ordinal);
        Assert.Equal(2, (await pages.MissingAsync(alma, id, Cancellation))!.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await quarter.Get<ImportDesk>().StartAsync(alma, id, Cancellation);
        await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);

        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var item = await db.Items.SingleAsync(i => i.DextReceiptId == "30000000001", Cancellation);
        Assert.Equal(("Bäckerei", 12.50m, new DateOnly(2026, 8, 20)), (item.SupplierName, item.Total, item.Date));
    }

    [Fact]
    public async Task Naughty_strings_and_formulas_come_in_as_text_and_go_out_guarded()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var hostile = Path.Combine(Shared.Folder, "corpus", "hostile");
        var texts = JsonSerializer.Deserialize<string[]>(await File.ReadAllBytesAsync(Path.Combine(hostile, "naughty-strings.json"), Cancellation))!
            .Concat(await File.ReadAllLinesAsync(Path.Combine(hostile, "csv-injection-csv-payload.txt"), Cancellation))
            .Where(t => !string.IsNullOrWhiteSpace(t) && !t.Contains('\0', StringComparison.Ordinal)).ToList();
        await using var quarter = await Quarter.OpenAsync();
        var rows = string.Concat(texts.Select((t, n) => $"4{n:D9},Receipt,20-Aug-2026,{Quoted(t)},{n}.00,GBP,{Quoted(t)},{Quoted(t)}\r\n"));
        var id = await Exporter.BringAsync(quarter, "Receipt ID,Type,Date,Supplier,Total,Currency,Note,Image\r\n" + rows + string.Concat(texts.Select(t => $"{Quoted(t)},x,x,x,x,x,x,x\r\n")));
        var alma = quarter.Town.Claim(Who.Admin);

        await quarter.Get<ImportPages>().PreviewAsync(alma, id, Cancellation);
        await quarter.Get<ImportDesk>().StartAsync(alma, id, Cancellation);
        await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);

        var done = (await quarter.Get<ImportPages>().FindAsync(alma, id, Cancellation))!;
        Assert.Equal(ImportStatus.Completed, done.Status);
        Assert.InRange(done.Added, texts.Count, int.MaxValue);
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        Assert.Equal(texts.Count, await db.Items.CountAsync(i => EF.Functions.Like(i.DextReceiptId, "4%") && i.Currency == "GBP", Cancellation));
        var report = (await quarter.Get<ImportPages>().ReportAsync(alma, id, Cancellation))!;
        Assert.DoesNotContain(report.Split("\r\n"), line => line.Split(',').Any(cell => cell.TrimStart('"') is ['=' or '+' or '@', ..]));
    }

    [Fact]
    public async Task A_ZIP_that_means_harm_costs_nothing_and_is_told()
    {
        await using var quarter = await Quarter.OpenAsync();
        var alma = quarter.Town.Claim(Who.Admin);
        var bomb = Zips.Of(("50000000001.pdf", new byte[64 * 1024 * 1024]), ("../../50000000002.pdf", "%PDF-1.4 not whole"u8.ToArray()), ("/etc/50000000003.pdf", []));
        var csv = "Receipt ID,Type,Date,Supplier,Total\r\n" + string.Concat(Enumerable.Range(1, 4).Select(n => $"5000000000{n},Receipt,20-Aug-2026,S,1.00\r\n"));
        var id = await Exporter.BringAsync(quarter, csv, ("bomb.zip", bomb), ("broken.zip", "PK\x05\x06 and nothing"u8.ToArray()), ("flood.zip", DirectoryFlood()), ("large-50000000004.pdf", new byte[7 * 1024 * 1024]));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var preview = (await quarter.Get<ImportPages>().PreviewAsync(alma, id, Cancellation))!;
        Assert.Equal(3, preview.FileProblems.Count);
        Assert.Contains(preview.FileProblems, p => p.Contains("large-50000000004.pdf", StringComparison.Ordinal) && p.Contains("too large", StringComparison.Ordinal));
        await quarter.Get<ImportDesk>().StartAsync(alma, id, Cancellation);
        await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 56 * 1024 * 1024);
        var rows = await quarter.Get<ImportPages>().RowsAsync(alma, id, outcome: null, 0, 10, Cancellation);
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.False(r.HasFile));
        Assert.Contains("larger than 6 MB", rows[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("damaged", rows[1].Sentence, StringComparison.Ordinal);
        Assert.Contains("is empty", rows[2].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_imports_is_not_a_Standard_users_business()
    {
        await using var quarter = await Quarter.OpenAsync();
        var id = await Exporter.BringAsync(quarter, "Receipt ID,Type,Date,Supplier,Total\r\n60000000001,Receipt,20-Aug-2026,S,1.00\r\n");
        var cara = quarter.Town.Claim(Who.Standard);
        Assert.Null(await quarter.Get<ImportPages>().FindAsync(cara, id, Cancellation));
        Assert.Null(await quarter.Get<ImportPages>().PreviewAsync(cara, id, Cancellation));
        Assert.Null(await quarter.Get<ImportPages>().ReportAsync(cara, id, Cancellation));
        Assert.NotNull(await quarter.Get<ImportDesk>().StartAsync(cara, id, Cancellation));
        Assert.NotNull(await quarter.Get<ImportDesk>().StartAsync(quarter.Town.Claim(Who.Bookkeeper), id, Cancellation));
    }

    private static async Task<ImportView> ImportAsync(TestApp app, Guid id)
    {
        Assert.Null(await app.Services.GetRequiredService<ImportDesk>().StartAsync(Scanner.Alma, id, Cancellation));
        ImportView? view = null;
        await Wait.UntilAsync(async () => (view = await app.Services.GetRequiredService<ImportPages>().FindAsync(Scanner.Alma, id, Cancellation)) is { EndedAt: not null }, "the import has ended");
        await Wait.UntilAsync(() => !Directory.Exists(Path.Combine(app.DataFolder, "imports", id.ToString("N"))), "its files are gone");
        return view!;
    }

    private static async Task<Guid> SendAsync(TestApp app, HttpClient client, params (string Name, byte[] Content)[] files)
    {
        using var answer = await PostAsync(app, client, files);
        answer.EnsureSuccessStatusCode();
        return Guid.Parse((await Scanner.JsonAsync(answer)).GetProperty("id").GetString()!);
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, HttpClient client, params (string Name, byte[] Content)[] files) =>
        PostAsync(app, client, app.Url.GetLeftPart(UriPartial.Authority), files);

    private static async Task<HttpResponseMessage> PostAsync(TestApp app, HttpClient client, string origin, params (string Name, byte[] Content)[] files)
    {
        var ticket = JsonDocument.Parse(await client.GetStringAsync($"/b/{ReadyPeople.BusinessSlug}/uploads", Cancellation)).RootElement;
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "files", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/b/{ReadyPeople.BusinessSlug}/import/files?to=costs") { Content = form };
        request.Headers.Add("Origin", origin);
        request.Headers.Add(ticket.GetProperty("header").GetString()!, ticket.GetProperty("token").GetString());
        return await client.SendAsync(request, Cancellation);
    }

    // A directory of four hundred thousand files, and no file.
    private static byte[] DirectoryFlood()
    {
        var one = new byte[47];
        "PK\x01\x02"u8.CopyTo(one);
        one[28] = 1;
        one[46] = (byte)'a';
        var flood = new byte[one.Length * 400_000 + 22];
        for (var n = 0; n < 400_000; n++) one.CopyTo(flood, n * one.Length);
        "PK\x05\x06"u8.CopyTo(flood.AsSpan(one.Length * 400_000));
        return flood;
    }

    private static DextSageDb Db(TestApp app) => app.Services.GetRequiredService<BusinessStore>().OpenForJob(Scanner.Alma.BusinessId);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
