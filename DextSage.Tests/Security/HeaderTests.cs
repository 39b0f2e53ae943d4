using System.Net;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Security;

public sealed class HeaderTests(HeaderTests.OneApp one) : IClassFixture<HeaderTests.OneApp>
{
    public static TheoryData<string, string, int> Responses => new()
    {
        { "GET", "/account/sign-in", 200 },
        { "GET", "/", 302 },
        { "GET", "/account/security", 302 },
        { "GET", "/nothing/here", 302 },
        { "GET", "/error", 200 },
        { "GET", "/health/ready", 200 },
        { "GET", "/account.css", 200 },
        { "GET", "/_content/MudBlazor/MudBlazor.min.js", 200 },
        { "POST", "/account/sign-in", 400 },
        { "POST", "/_blazor/negotiate", 403 },
        { "DELETE", "/account/sign-out", 302 },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Every_kind_of_response_carries_the_headers(string method, string path, int status)
    {
        using var client = one.App.NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        AssertHeaders(response);
        Assert.Equal("same-origin", Header(response, "Referrer-Policy"));
        if (path.Contains('.')) Assert.DoesNotContain("no-store", Header(response, "Cache-Control"));
        else Assert.Equal("no-store", Header(response, "Cache-Control"));
    }

    [Fact]
    public async Task The_return_from_Sage_sends_no_referrer_and_its_code_goes_nowhere()
    {
        await using var app = await TestApp.StartAsync("--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace");
        using var client = app.NewClient();

        using var response = await client.GetAsync("/connect/sage/callback?code=canary-code&state=canary-state", TestContext.Current.CancellationToken);

        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.DoesNotContain("canary", response.Headers.Location?.ToString() ?? "");
        Assert.NotEmpty(app.Logs.Entries);
        Assert.DoesNotContain(app.Logs.Entries, entry => entry.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_fails_shows_a_reference_and_no_more_and_the_log_has_the_rest()
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<DextSageDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Memberships\" RENAME TO \"Gone\"", TestContext.Current.CancellationToken);

        using var response = await alma.GetAsync("/", TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        AssertHeaders(response);
        Assert.DoesNotContain("Sqlite", page);
        Assert.DoesNotContain(" at ", page);
        var reference = page.Split("Reference: <code>")[1].Split('<')[0];
        Assert.Contains(app.Logs.Entries, entry => entry.Contains(reference, StringComparison.Ordinal) && entry.Contains("no such table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_there_for_a_signed_in_person_either_and_the_page_says_so()
    {
        using var alma = await one.App.SignInAsAsync("Alma Marsh");

        using var response = await alma.GetAsync("/nothing/here", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        AssertHeaders(response);
        Assert.Contains("There is nothing here", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_host_name_that_is_not_ours_is_refused()
    {
        using var client = one.App.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-in") { Headers = { Host = "evil.example" } };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Nobodys_forwarded_headers_are_believed_unless_named()
    {
        using var client = one.App.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "evil.example" }, { "X-Forwarded-For", "203.0.113.9" } } };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("evil", response.Headers.Location?.ToString());
        Assert.DoesNotContain("https", response.Headers.Location?.ToString());
    }

    private static void AssertHeaders(HttpResponseMessage response)
    {
        var policy = Header(response, "Content-Security-Policy");
        Assert.Contains("default-src 'self'; script-src 'self';", policy);
        Assert.Contains("object-src 'none'; base-uri 'self'; form-action 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(response, "Permissions-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : "";

    public sealed class OneApp : IAsyncLifetime
    {
        internal TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync();
        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
