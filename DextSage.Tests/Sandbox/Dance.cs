using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>A browser that walks the authorisation pages.</summary>
internal sealed class Dance(SandboxHost sandbox) : IDisposable
{
    private readonly HttpClient browser = sandbox.Browser();

    public HttpClient Browser => browser;

    public Dictionary<string, string?> Request { get; } = new()
    {
        ["response_type"] = "code", ["client_id"] = sandbox.Options.ClientId, ["redirect_uri"] = SandboxHost.Callback,
        ["scope"] = "full_access", ["state"] = "st/te+1", ["filter"] = "apiv3.1",
    };

    public async Task<string> ToCodeAsync(string email, string country, string scope = "full_access")
    {
        Request["country"] = country;
        Request["scope"] = scope;
        var after = await LogInAsync(await CentralAsync(), email);
        if (after.AbsolutePath.EndsWith("/consent", StringComparison.Ordinal)) after = await DecideAsync(after, "allow");
        return QueryHelpers.ParseQuery(after.Query)["code"].ToString();
    }

    /// <summary>Asks to authorise and returns the address of the login page.</summary>
    public async Task<Uri> CentralAsync() => Location(await browser.GetAsync(QueryHelpers.AddQueryString("oauth2/auth/central", Request)));

    /// <summary>Logs in and goes on until a page waits for a person or the application is reached.</summary>
    public async Task<Uri> LogInAsync(Uri login, string email) =>
        await FollowAsync(Location(await browser.PostAsync(login, SandboxHost.Form(("email", email), ("password", "sandbox")))));

    public async Task<Uri> DecideAsync(Uri consent, string decision) => Location(await browser.PostAsync(consent, SandboxHost.Form(("decision", decision))));

    public async Task<Uri> FollowAsync(Uri address)
    {
        while (address.Host == sandbox.Origin.Host)
        {
            var answer = await browser.GetAsync(address);
            if (answer.StatusCode != HttpStatusCode.Redirect) break;
            address = Location(answer);
        }
        return address;
    }

    public Uri Location(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return new Uri(sandbox.Origin, answer.Headers.Location!);
    }

    public void Dispose() => browser.Dispose();
}

internal sealed record Tokens(string Access, string Refresh, JsonObject Whole)
{
    public static async Task<Tokens> OfAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        return new Tokens((string)body["access_token"]!, (string)body["refresh_token"]!, body);
    }
}
