using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DextSage.App;
using DextSage.App.Account;
using DextSage.App.Items;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>What the door for files refuses, and how a stranger's bytes are handed out.</summary>
public sealed class FilesInAndOut
{
    private static readonly string Uploads = Urls.Uploads(ReadyPeople.BusinessSlug);

    private static byte[] Paper => SampleDocuments.Draw(new DateOnly(2026, 11, 22))[0].Content;

    [Fact]
    public async Task More_files_or_bytes_than_a_drop_may_bring_are_not_taken()
    {
        await using var app = await TestApp.StartAsync();
        using var ben = await app.SignInAsAsync("Ben Okafor");
        var token = await TokenAsync(ben);

        using var many = await DropAsync(ben, app, token, [.. Enumerable.Range(0, UploadBatch.MostFiles + 1).Select(n => ($"{n}.pdf", new byte[] { 1 }))]);
        using var large = await DropAsync(ben, app, token, ("large.pdf", new byte[Arrivals.LargestFile + 1]), ("paper.pdf", Paper));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await ClaimAsync(app, ben, token, 1L + UploadBatch.LargestDrop + (UploadBatch.MostFiles * 4096)));
        var reports = await large.Content.ReadFromJsonAsync<List<UploadReport>>();
        Assert.Equal([("large.pdf", 0), ("paper.pdf", 1)], reports!.Select(r => (r.FileName, r.Added)).Order());
        Assert.Equal(1, (await app.Services.GetRequiredService<Inbox>().CountsAsync(Alma, new ItemFilter())).Inbox);
    }

    [Fact]
    public async Task A_drop_without_an_origin_with_anothers_token_or_not_a_form_is_not_taken()
    {
        await using var app = await TestApp.StartAsync();
        using var ben = await app.SignInAsAsync("Ben Okafor");
        using var cara = await app.SignInAsAsync("Cara Lind");
        using var visitor = app.NewClient();
        var (bens, caras) = (await TokenAsync(ben), await TokenAsync(cara));

        using var withoutOrigin = await SendAsync(ben, bens, origin: null, Form(("paper.pdf", Paper)));
        using var withAnothersToken = await SendAsync(ben, caras, Origin(app), Form(("paper.pdf", Paper)));
        using var noForm = await SendAsync(ben, bens, Origin(app), new ByteArrayContent(Paper));
        using var empty = await SendAsync(ben, bens, Origin(app), Form());
        using var nobody = await SendAsync(visitor, bens, Origin(app), Form(("paper.pdf", Paper)));

        Assert.All([withoutOrigin, withAnothersToken, noForm, empty], a => Assert.Equal(HttpStatusCode.BadRequest, a.StatusCode));
        Assert.True(nobody.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, nobody.StatusCode.ToString());
        Assert.Equal(0, (await app.Services.GetRequiredService<Inbox>().CountsAsync(Alma, new ItemFilter())).Inbox);
        // The same token, from the right page, for the right person, opens the door.
        using var right = await SendAsync(ben, bens, Origin(app), Form(("paper.pdf", Paper)));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    /// <summary>Names as senders may give them, straight into the row, past every cleaning at the door.</summary>
    public static TheoryData<string> HostileNames => [
        "a\r\nSet-Cookie: stolen=1.pdf", "a\"; filename=\"b.exe", "invoice\u202Efdp.exe", "../../etc/passwd", "..\\..\\boot.ini", "\0.pdf", "a\u2028b\u2029c.pdf", "\uD83E.pdf",
        "<script>alert(1)</script>.pdf", "   ", ".", "Rechnung für Käse €.pdf", new string('x', 400) + ".pdf",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_document_goes_out_under_a_harmless_name_and_can_do_nothing(string name)
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");

        using var answer = await alma.GetAsync(await StoreAsync(app, name, "application/pdf"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        AssertSealed(answer);
        var header = Assert.Single(answer.Content.Headers.GetValues("Content-Disposition"));
        Assert.DoesNotContain(header, char.IsControl);
        var told = answer.Content.Headers.ContentDisposition!;
        Assert.Equal("inline", told.DispositionType);
        var shown = told.FileNameStar ?? told.FileName!.Trim('"');
        Assert.InRange(shown.Length, 1, 150);
        Assert.DoesNotContain(shown, c => char.IsControl(c) || "\"<>:|?*/\\\u202E\u2028\u2029".Contains(c, StringComparison.Ordinal));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/xhtml+xml")]
    public async Task What_could_run_in_a_browser_is_only_ever_a_download(string contentType)
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");

        using var answer = await alma.GetAsync(await StoreAsync(app, "page.html", contentType));

        AssertSealed(answer);
        Assert.Equal(("application/octet-stream", "attachment"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
    }

    private static Caller Alma => new(ReadyPeople.All[0].Id, ReadyPeople.BusinessId);

    private static void AssertSealed(HttpResponseMessage answer)
    {
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private static async Task<string> StoreAsync(TestApp app, string name, string contentType)
    {
        var stored = await app.Services.GetRequiredService<DocumentStore>().SaveAsync("<html>"u8.ToArray());
        var document = new Document { BusinessId = ReadyPeople.BusinessId, Sha256 = stored.Sha256, FileName = name, ContentType = contentType, Length = stored.Length };
        await using var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(ReadyPeople.BusinessId);
        db.Add(new Item { BusinessId = ReadyPeople.BusinessId, Code = "HOSTILE", OwnerId = Alma.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, Document = document });
        await db.SaveChangesAsync();
        return Urls.Document(ReadyPeople.BusinessSlug, document.Id);
    }

    private static string Origin(TestApp app) => app.Url.GetLeftPart(UriPartial.Authority);

    private static async Task<string> TokenAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>(Uploads)).GetProperty("token").GetString()!;

    private static Task<HttpResponseMessage> DropAsync(HttpClient client, TestApp app, string token, params (string Name, byte[] Content)[] files) => SendAsync(client, token, Origin(app), Form(files));

    private static MultipartFormDataContent Form(params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "files", name);
        return form;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string token, string? origin, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Uploads) { Content = content };
        if (origin is not null) request.Headers.Add("Origin", origin);
        request.Headers.Add("RequestVerificationToken", token);
        return await client.SendAsync(request);
    }

    /// <summary>Announces a body of so many bytes and sends none of it.</summary>
    private static async Task<HttpStatusCode> ClaimAsync(TestApp app, TestApp.Visitor client, string token, long length)
    {
        using var wire = new TcpClient();
        await wire.ConnectAsync(app.Url.Host, app.Url.Port);
        await using var stream = wire.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Uploads} HTTP/1.1\r\nHost: {app.Url.Authority}\r\nOrigin: {Origin(app)}\r\nCookie: {client.Cookies.GetCookieHeader(app.Url)}\r\n" +
            $"RequestVerificationToken: {token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync();
        return (HttpStatusCode)int.Parse(status!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
