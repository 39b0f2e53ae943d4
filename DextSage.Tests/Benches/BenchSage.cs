using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DextSage.Integration.Sandbox;
using DextSage.Tests.Sandbox;
using Microsoft.AspNetCore.WebUtilities;

namespace DextSage.Tests.Benches;

/// <summary>The pretend Sage in a process of its own, seen from outside.</summary>
internal sealed class BenchSage(Uri home) : IDisposable
{
    public const string Callback = "https://dext.example/callback";
    private static readonly SageSandboxOptions Defaults = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = home };

    public Uri Home => home;
    public static string Marsh { get; } = SandboxHost.BusinessId("Marsh & Daughters Ltd");

    /// <summary>Goes with somebody's browser from our address to Sage and back: the query that Sage sends them home with.</summary>
    public async Task<Dictionary<string, string>> WalkAsync(string address)
    {
        var after = await NextAsync(await http.GetAsync(address + "&country=gb"));
        if (after.AbsolutePath.EndsWith("/login", StringComparison.Ordinal) || after.Query.Contains("login", StringComparison.Ordinal) || after.Host == home.Host)
            after = await NextAsync(await http.PostAsync(after, SandboxHost.Form(("email", "olivia@sandbox.test"), ("password", "sandbox"))));
        while (after.Host == home.Host)
        {
            using var page = await http.GetAsync(after);
            after = page.Headers.Location is not null ? await NextAsync(page) : await NextAsync(await http.PostAsync(after, SandboxHost.Form(("decision", "allow"))));
        }

        return QueryHelpers.ParseQuery(after.Query).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
    }

    /// <summary>An access token, as the barest client would get one.</summary>
    public async Task<string> TokenAsync()
    {
        var asked = QueryHelpers.AddQueryString(new Uri(home, "oauth2/auth/central").AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = Defaults.ClientId, ["redirect_uri"] = Callback, ["scope"] = "full_access", ["state"] = "bench", ["filter"] = "apiv3.1",
        });
        var back = await WalkAsync(asked);
        using var answer = await http.PostAsync(new Uri(home, "token"), SandboxHost.Form(
            ("client_id", Defaults.ClientId), ("client_secret", Defaults.ClientSecret), ("grant_type", "authorization_code"), ("code", back["code"]), ("redirect_uri", Callback)));
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    /// <summary>Every answer of the API is held back for so long.</summary>
    public async Task HoldBackAsync(int milliseconds)
    {
        (await http.DeleteAsync(new Uri(home, "control/faults"))).Dispose();
        if (milliseconds == 0) return;
        using var slow = SandboxHost.JsonContent(new { kind = "slow", path = "/", times = 100_000_000, delayMs = milliseconds });
        (await http.PostAsync(new Uri(home, "control/faults"), slow)).EnsureSuccessStatusCode();
    }

    /// <summary>The requests for lists since the journal was last forgotten: path and query below the API's root.</summary>
    public async Task<List<string>> ListRequestsAsync() =>
        [.. (await http.GetFromJsonAsync<JsonArray>(new Uri(home, "control/journal")))!
            .Select(r => (string)r!["path"]! + (string?)r["query"]).Where(r => r.Contains("items_per_page", StringComparison.Ordinal))];

    public async Task ForgetAsync() => (await http.DeleteAsync(new Uri(home, "control/journal"))).Dispose();

    private async Task<Uri> NextAsync(HttpResponseMessage answer)
    {
        using (answer)
            return answer.Headers.Location is { } to ? new Uri(home, to) : throw new InvalidOperationException($"The pretend Sage answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => http.Dispose();
}
