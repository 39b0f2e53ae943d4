using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DextSage.App.Items;
using DextSage.Integration.Intake;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class UploadEndpointTests
{
    private static byte[] Paper => SampleDocuments.Draw(new DateOnly(2026, 11, 22))[0].Content;

    [Fact]
    public async Task A_drop_becomes_items_and_a_bad_file_is_refused_by_name()
    {
        await using var app = await TestApp.StartAsync();
        using var ben = await app.SignInAsAsync("Ben Okafor");
        var uploads = await UploadsAsync(app);

        using var answer = await DropAsync(ben, uploads, await TokenAsync(ben, uploads), app.Url, ("paper.pdf", Paper), ("bad.pdf", [1, 2, 3]));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var reports = await answer.Content.ReadFromJsonAsync<List<UploadReport>>();
        Assert.Equal([("paper.pdf", 1, true), ("bad.pdf", 0, false)], reports!.Select(r => (r.FileName, r.Added, r.Refusal is null)));
    }

    [Fact]
    public async Task A_document_comes_back_byte_for_byte_and_can_do_nothing()
    {
        await using var app = await TestApp.StartAsync();
        using var ben = await app.SignInAsAsync("Ben Okafor");
        using var cara = await app.SignInAsAsync("Cara Lind");
        var uploads = await UploadsAsync(app);
        (await DropAsync(ben, uploads, await TokenAsync(ben, uploads), app.Url, ("paper.pdf", Paper))).EnsureSuccessStatusCode();
        var url = await DocumentAsync(app);

        using var shown = await ben.GetAsync(url);
        using var saved = await ben.GetAsync(url + "?download=true");

        Assert.Equal(Paper, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(shown.Headers.CacheControl!.NoStore);
        Assert.Equal("inline", shown.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("attachment", saved.Content.Headers.ContentDisposition!.DispositionType);

        // A Standard user sees only own items, and of this one not even that it exists.
        using var others = await cara.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
    }

    [Fact]
    public async Task Without_the_token_or_from_another_site_nothing_is_taken()
    {
        await using var app = await TestApp.StartAsync();
        using var ben = await app.SignInAsAsync("Ben Okafor");
        var uploads = await UploadsAsync(app);
        var token = await TokenAsync(ben, uploads);

        using var bare = await DropAsync(ben, uploads, token: null, app.Url, ("paper.pdf", Paper));
        using var foreign = await DropAsync(ben, uploads, token, new Uri("https://evil.example"), ("paper.pdf", Paper));
        using var forged = await DropAsync(ben, uploads, "made-up", app.Url, ("paper.pdf", Paper));

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [bare.StatusCode, foreign.StatusCode, forged.StatusCode]);
    }

    [Fact]
    public async Task A_business_that_is_not_ones_own_does_not_exist()
    {
        await using var app = await TestApp.StartAsync();
        using var ben = await app.SignInAsAsync("Ben Okafor");
        var token = await TokenAsync(ben, await UploadsAsync(app));

        using var answer = await DropAsync(ben, "/b/somebody-elses/uploads", token, app.Url, ("paper.pdf", Paper));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> DropAsync(HttpClient client, string uploads, string? token, Uri origin, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "files", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, uploads) { Content = form };
        request.Headers.Add("Origin", origin.GetLeftPart(UriPartial.Authority));
        if (token is not null) request.Headers.Add("RequestVerificationToken", token);
        return await client.SendAsync(request);
    }

    private static async Task<string> TokenAsync(HttpClient client, string uploads)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>(uploads);
        return answer.GetProperty("token").GetString()!;
    }

    private static async Task<string> UploadsAsync(TestApp app) => $"/b/{(await BusinessAsync(app)).Slug}/uploads";

    private static async Task<string> DocumentAsync(TestApp app)
    {
        var business = await BusinessAsync(app);
        await using var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(business.Id);
        return $"/b/{business.Slug}/documents/{await db.Documents.Select(d => d.Id).SingleAsync():N}";
    }

    private static async Task<Business> BusinessAsync(TestApp app)
    {
        await using var db = await app.Services.GetRequiredService<BusinessStore>().OpenForEveryoneAsync();
        return await db.Businesses.SingleAsync();
    }
}
