using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DextSage.App.Account;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>Something that sends files with a key, over real HTTP, and carries no cookie.</summary>
internal sealed class Scanner : IDisposable
{
    private readonly HttpClient client;

    private Scanner(Uri url, string key)
    {
        Key = key;
        client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public string Key { get; }

    public static byte[] Paper(int which = 0) => SampleDocuments.Draw(new DateOnly(2026, 11, 22))[which].Content;

    public static Caller Alma => new(ReadyPeople.All.Single(p => p.Role is Role.Admin).Id, ReadyPeople.BusinessId);

    public static async Task<Scanner> WithKeyAsync(TestApp app, bool seesAll = false, string name = "Scanner")
    {
        var made = await app.Services.GetRequiredService<ApiKeys>().MakeAsync(Alma, name, seesAll);
        return new Scanner(app.Url, made.Secret!);
    }

    public static Scanner WithMadeUpKey(TestApp app, string key) => new(app.Url, key);

    public Task<HttpResponseMessage> SendAsync(byte[] content, string fileName = "bill.pdf", string? idempotencyKey = null, params (string Name, string Value)[] fields) =>
        PostAsync(Form(content, fileName, fields), idempotencyKey);

    public Task<HttpResponseMessage> PostAsync(HttpContent form, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/items") { Content = form };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return client.SendAsync(request);
    }

    public static MultipartFormDataContent Form(byte[] content, string fileName, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    public Task<HttpResponseMessage> GetAsync(string address) => client.GetAsync(address);

    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string address) => client.SendAsync(new HttpRequestMessage(method, address));

    public static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>It was answered with a problem (RFC 9457) that says what is wrong and what to do.</summary>
    public static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string type)
    {
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = await JsonAsync(answer);
        Assert.Equal((type, status), (problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(".", problem.GetProperty("action").GetString(), StringComparison.Ordinal);
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
    }

    public void Dispose() => client.Dispose();
}
