using System.Net;
using System.Text;
using System.Text.Json;
using DextSage.App.Api;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>The API as a scanner meets it.</summary>
public sealed class SendingByApi
{
    [Fact]
    public async Task A_file_becomes_an_item_that_can_be_asked_for_and_its_history_names_the_key()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);

        using var answer = await scanner.SendAsync(Scanner.Paper(), "bill.pdf", null, ("type", "sales"), ("note", "from the hall"), ("owner", await EmailAsync(app, Role.Standard)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var code = (await Scanner.JsonAsync(answer)).GetProperty("items")[0].GetString()!;
        Assert.Equal($"/api/v1/items/{code}", answer.Headers.Location!.OriginalString);
        using var told = await scanner.GetAsync($"/api/v1/items/{code}");
        var item = await Scanner.JsonAsync(told);
        Assert.Equal(("sales", "bill.pdf"), (item.GetProperty("type").GetString(), item.GetProperty("fileName").GetString()));
        Assert.Equal(await EmailAsync(app, Role.Standard), item.GetProperty("owner").GetString());
        Assert.Equal("from the hall", (await OneAsync(app)).Note);
        var history = await app.Services.GetRequiredService<ItemTimeline>().ReadAsync(Scanner.Alma, code);
        Assert.Contains(history, h => h.Cause is ChangeCause.Api && h.Changes[0] is { From: "Scanner", To: "bill.pdf" });
    }

    [Fact]
    public async Task The_same_delivery_again_adds_nothing_and_is_answered_as_before()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);

        using var first = await scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1");
        using var again = await scanner.SendAsync(Scanner.Paper(), "another name.pdf", "hall-1");
        using var other = await scanner.SendAsync(Scanner.Paper(1), idempotencyKey: "hall-1");
        using var otherwise = await scanner.SendAsync(Scanner.Paper(), "bill.pdf", "hall-1", ("type", "sales"));

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal((first.StatusCode, "true"), (again.StatusCode, Assert.Single(again.Headers.GetValues("Idempotency-Replayed"))));
        await Scanner.AssertProblemAsync(other, 422, "/problems/key-of-another-request");
        await Scanner.AssertProblemAsync(otherwise, 422, "/problems/key-of-another-request");
        await OneAsync(app);
    }

    [Fact]
    public async Task A_delivery_that_was_broken_off_after_its_item_was_written_is_ended_and_adds_nothing()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        using var first = await scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1");
        await BreakOffAsync(app);

        using var again = await scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1");

        Assert.Equal((await Scanner.JsonAsync(first)).GetProperty("items")[0].GetString(), (await Scanner.JsonAsync(again)).GetProperty("items")[0].GetString());
        await OneAsync(app);
    }

    [Fact]
    public async Task Twenty_times_the_same_delivery_at_once_is_one_item()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1")));

        Assert.Contains(answers, a => a.StatusCode is HttpStatusCode.Created);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests, a.StatusCode.ToString()));
        await OneAsync(app);
    }

    [Fact]
    public async Task A_Dext_export_by_API_that_was_broken_off_names_its_items_once()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        var export = Encoding.UTF8.GetBytes("Receipt ID,Type,Date,Supplier,Total,Currency\r\n10000000001,Receipt,20-Aug-2026,Northgate,12.00,GBP\r\n10000000002,Invoice,21-Aug-2026,Harbour,24.00,GBP\r\n");
        using var first = await scanner.SendAsync(export, "dext.csv", "export-1");
        await BreakOffAsync(app);

        using var again = await scanner.SendAsync(export, "dext.csv", "export-1");
        using var later = await scanner.SendAsync(export, "dext.csv", "export-2");

        Assert.Equal(2, (await Scanner.JsonAsync(first)).GetProperty("items").GetArrayLength());
        Assert.Equal(2, (await Scanner.JsonAsync(again)).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Contains("here already", (await Scanner.JsonAsync(later)).GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_goes_page_by_page_and_shows_what_came_by_API_unless_the_key_sees_all()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        using var script = await Scanner.WithKeyAsync(app, seesAll: true, "Script");
        for (var which = 0; which < 3; which++) (await scanner.SendAsync(Scanner.Paper(which))).Dispose();
        await app.Services.GetRequiredService<DextSage.Integration.Intake.Arrivals>().AddSamplesAsync(Scanner.Alma);
        await using var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(Scanner.Alma.BusinessId);
        var all = await db.Items.CountAsync();

        Assert.Equal(3, (await WalkAsync(scanner, "/api/v1/items?limit=2")).Count);
        var walked = await WalkAsync(script, "/api/v1/items?limit=2&since=2020-01-01");
        Assert.Equal(all, walked.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(await WalkAsync(script, "/api/v1/items?since=2999-01-01"));
        Assert.Empty(await WalkAsync(script, "/api/v1/items?status=published"));
        // Somebody's upload is not for the scanner.
        using var hidden = await scanner.GetAsync($"/api/v1/items/{walked[0]}");
        await Scanner.AssertProblemAsync(hidden, 404, "/problems/no-such-item");
    }

    [Fact]
    public async Task What_an_item_is_split_into_is_listed_too()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        using var pages = new PdfDocumentBuilder();
        for (var page = 0; page < 2; page++) pages.AddPage(PageSize.A4);
        using var sent = await scanner.SendAsync(pages.Build());
        var code = (await Scanner.JsonAsync(sent)).GetProperty("items")[0].GetString()!;
        await Wait.UntilAsync(async () => (await OneAsync(app)).Status is not ItemStatus.Processing, "it is read");

        var split = await app.Services.GetRequiredService<SplitDesk>().SplitAsync(Scanner.Alma, code, [1]);

        Assert.Null(split.Refusal);
        Assert.Equal(new[] { code, Assert.Single(split.Codes) }.Order(StringComparer.Ordinal), (await WalkAsync(scanner, "/api/v1/items")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_busy_machine_asks_for_patience_and_the_same_request_goes_on_where_it_was()
    {
        var machine = new BusyMachine { IsBusy = true };
        await using var app = await TestApp.StartWithAsync(b => { machine.UseIn(b.Services); b.Services.AddSingleton<PaperWorkers>(); }, null);
        using var scanner = await Scanner.WithKeyAsync(app);

        using var busy = await scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1");
        machine.IsBusy = false;
        using var later = await scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1");
        machine.IsBusy = true;
        using var other = await scanner.SendAsync(Scanner.Paper(1), idempotencyKey: "hall-2");
        machine.Ahead = TimeSpan.FromMinutes(10);
        using var final = await scanner.SendAsync(Scanner.Paper(1), idempotencyKey: "hall-2");

        await Scanner.AssertProblemAsync(busy, 503, "/problems/busy");
        Assert.Equal(TimeSpan.FromSeconds(60), busy.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.Created, later.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, other.StatusCode);
        // Then it is the file.
        await Scanner.AssertProblemAsync(final, 422, "/problems/file-refused");
        await OneAsync(app);
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_a_sentence_with_a_way_out()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        var two = Scanner.Form(Scanner.Paper(), "a.pdf");
        two.Add(new ByteArrayContent(Scanner.Paper()), "file", "b.pdf");

        await Scanner.AssertProblemAsync(await scanner.SendAsync("no paper"u8.ToArray(), "x.txt"), 422, "/problems/file-refused");
        await Scanner.AssertProblemAsync(await scanner.SendAsync([], "empty.pdf"), 422, "/problems/file-refused");
        await Scanner.AssertProblemAsync(await scanner.PostAsync(two), 422, "/problems/not-one-file");
        await Scanner.AssertProblemAsync(await scanner.PostAsync(new StringContent("{}")), 400, "/problems/unreadable");
        await Scanner.AssertProblemAsync(await scanner.PostAsync(new ByteArrayContent([1, 2]) { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } } } }), 400, "/problems/unreadable");
        await Scanner.AssertProblemAsync(await scanner.SendAsync(new byte[21 * 1024 * 1024], "large.pdf"), 413, "/problems/unreadable");
        await Scanner.AssertProblemAsync(await scanner.SendAsync(Scanner.Paper(), "a.pdf", null, ("type", "vault")), 422, "/problems/bad-value");
        await Scanner.AssertProblemAsync(await scanner.SendAsync(Scanner.Paper(), "a.pdf", null, ("owner", "nobody@example.com")), 422, "/problems/bad-value");
        await Scanner.AssertProblemAsync(await scanner.SendAsync(Scanner.Paper(), "a.pdf", null, ("note", new string('x', 1001))), 422, "/problems/bad-value");
        await Scanner.AssertProblemAsync(await scanner.SendAsync(Scanner.Paper(), "a.pdf", new string('k', 201)), 422, "/problems/bad-value");
        foreach (var query in new[] { "status=7", "since=yesterday", "limit=0", "limit=1000", "after=NOSUCHITEM" })
            await Scanner.AssertProblemAsync(await scanner.GetAsync($"/api/v1/items?{query}"), 422, "/problems/bad-value");
        await Scanner.AssertProblemAsync(await scanner.AskAsync(HttpMethod.Delete, "/api/v1/items"), 404, "/problems/nothing-here");
        await Scanner.AssertProblemAsync(await scanner.GetAsync("/api/v2/items"), 404, "/problems/nothing-here");
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        await using var app = await TestApp.StartAsync();
        using var visitor = app.NewClient();

        var document = JsonDocument.Parse(await visitor.GetStringAsync("/api/v1/openapi.json")).RootElement;

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths");
        Assert.Equal(["/api/v1/items", "/api/v1/items/{id}"], paths.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        var send = paths.GetProperty("/api/v1/items").GetProperty("post");
        Assert.Equal("binary", send.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties").GetProperty("file").GetProperty("format").GetString());
        Assert.Contains("Idempotency-Key", send.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(["200", "201", "400", "401", "409", "413", "422", "429", "503"], send.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
    }

    // What a death leaves that comes between the item and the answer.
    private static async Task BreakOffAsync(TestApp app)
    {
        await using var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(Scanner.Alma.BusinessId);
        var delivery = await db.Deliveries.AsTracking().SingleAsync();
        (delivery.Report, delivery.EndedAt) = (null, null);
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> WalkAsync(Scanner scanner, string address)
    {
        var codes = new List<string>();
        for (string? next = address; next is not null;)
        {
            var page = await Scanner.JsonAsync(await scanner.GetAsync(next));
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        return codes;
    }

    private static async Task<Item> OneAsync(TestApp app)
    {
        await using var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(Scanner.Alma.BusinessId);
        return await db.Items.AsNoTracking().SingleAsync();
    }

    private static async Task<string> EmailAsync(TestApp app, Role role)
    {
        await using var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(Scanner.Alma.BusinessId);
        return (await db.Memberships.Where(m => m.Role == role).Select(m => m.Person!.Email).FirstAsync())!;
    }
}
