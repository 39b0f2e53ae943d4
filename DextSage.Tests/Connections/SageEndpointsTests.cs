using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using DextSage.App;
using DextSage.App.Connections;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace DextSage.Tests.Connections;

/// <summary>The two HTTP steps of the wizard, over the real services and without Sage: it is never reached by what is tried here.</summary>
public sealed class SageEndpointsTests : IAsyncLifetime
{
    private const string Leave = "/b/marsh/connect/sage/connect";
    private readonly string folder = Folders.New("endpoints");
    private readonly Business marsh = new() { Slug = "marsh", Name = "Marsh & Daughters", CreatedAt = DateTimeOffset.UnixEpoch };
    private WebApplication app = null!;

    [Theory]
    [InlineData(null)]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task An_Admin_leaves_for_Sage_with_a_secret_in_the_browser_alone(string? from)
    {
        var answer = await GetAsync(Leave, "Admin", from: from);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("https://www.sageone.com/", answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=600", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SecretOf(cookie), answer.Headers.Location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(43, SecretOf(cookie).Length);
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_this_host()
    {
        var cookie = Assert.Single((await GetAsync("https://localhost" + Leave, "Admin")).Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("__Host-dextsage-sage=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Another_site_cannot_begin_a_walk(string from)
    {
        var answer = await GetAsync(Leave, "Admin", from: from);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Bookkeeper", Leave, HttpStatusCode.Forbidden)]
    [InlineData("Standard", Leave, HttpStatusCode.Forbidden)]
    [InlineData("Stranger", Leave, HttpStatusCode.NotFound)]
    [InlineData("Admin", "/b/elsewhere/connect/sage/connect", HttpStatusCode.NotFound)]
    [InlineData("Admin", "/b/marsh/connect/sage/steal", HttpStatusCode.NotFound)]
    [InlineData(null, Leave, HttpStatusCode.Unauthorized)]
    public async Task Nobody_else_leaves(string? who, string address, HttpStatusCode refusal)
    {
        var answer = await GetAsync(address, who);

        Assert.Equal(refusal, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_return_without_anybody_signed_in_explains_itself()
    {
        var answer = await GetAsync($"{Urls.SageCallback}?state=s&code=canary", who: null);
        AssertSealedRedirect(answer, Urls.SageReturnProblem("signed-out"));
    }

    [Theory]
    [InlineData("?state=unknown&code=canary")]
    [InlineData("?code=canary")]
    [InlineData("?state=a&state=b&code=canary")]
    [InlineData("")]
    public async Task A_return_that_nobody_left_for_is_refused(string query) =>
        AssertSealedRedirect(await GetAsync(Urls.SageCallback + query, "Admin"), Urls.SageReturnProblem("unknown-state"));

    [Fact]
    public async Task A_declined_consent_comes_back_once_and_only_to_the_browser_that_left()
    {
        var left = await GetAsync(Leave, "Admin");
        var cookie = left.Headers.GetValues("Set-Cookie").Single();
        var state = QueryHelpers.ParseQuery(left.Headers.Location!.Query)["state"].ToString();
        var address = $"{Urls.SageCallback}?state={state}&error=access_denied";

        AssertSealedRedirect(await GetAsync(address, "Admin"), Urls.SageReturnProblem("unknown-state"));
        AssertSealedRedirect(await GetAsync(address, "Bookkeeper", cookie), Urls.SageReturnProblem("unknown-state"));
        AssertSealedRedirect(await GetAsync(address, "Admin", cookie), Urls.SageProblem("marsh", "denied"));
        AssertSealedRedirect(await GetAsync(address, "Admin", cookie), Urls.SageProblem("marsh", "already-used"));
    }

    [Fact]
    public async Task Two_tabs_do_not_spoil_each_others_way()
    {
        var cookie = (await GetAsync(Leave, "Admin")).Headers.GetValues("Set-Cookie").Single();
        var second = (await GetAsync(Leave, "Admin", cookie)).Headers.GetValues("Set-Cookie").Single();
        Assert.Equal(SecretOf(cookie), SecretOf(second));
    }

    private static void AssertSealedRedirect(HttpResponseMessage answer, string address)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(address, answer.Headers.Location!.OriginalString);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private static string SecretOf(string setCookie) => setCookie.Split('=', 2)[1].Split(';')[0];

    private async Task<HttpResponseMessage> GetAsync(string address, string? who, string? setCookie = null, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (who is not null) request.Headers.Add("X-Who", who);
        if (setCookie is not null) request.Headers.Add("Cookie", setCookie.Split(';')[0]);
        if (from is not null) request.Headers.Add("Sec-Fetch-Site", from);
        return await app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting(o => o.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        builder.Services.AddRazorComponents();
        builder.Services.AddDataProtection();
        builder.Services.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri("https://books.example/connect/sage/callback")));
        builder.Services.Configure<SageOptions>(o => (o.ClientId, o.ClientSecret) = ("client", "secret"));
        Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>(builder.Services);
        builder.Services.AddAuthentication("named").AddScheme<AuthenticationSchemeOptions, NamedInHeader>("named", configureOptions: null);
        builder.Services.AddAuthorization();
        app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapSageConnect();
        await SettleInAsync();
        await app.StartAsync();
    }

    private async Task SettleInAsync()
    {
        var store = app.Services.GetRequiredService<BusinessStore>();
        await using (var everyone = await store.OpenForEveryoneAsync())
        {
            await everyone.Database.MigrateAsync();
            everyone.Add(marsh);
            foreach (var role in Enum.GetValues<Role>()) everyone.Add(new Person { Id = NamedInHeader.IdOf(role.ToString()), UserName = role.ToString() });
            await everyone.SaveChangesAsync();
        }
        await using var db = store.OpenForJob(marsh.Id);
        foreach (var role in Enum.GetValues<Role>()) db.Add(new Membership { BusinessId = marsh.Id, PersonId = NamedInHeader.IdOf(role.ToString()), Role = role });
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Folders.Delete(folder);
    }

    /// <summary>Signs in whoever the request names: what is tested begins behind the sign-in.</summary>
    private sealed class NamedInHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public static Guid IdOf(string who) => new(who.Sum(letter => letter), 1, 1, new byte[8]);

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-Who"].ToString() is { Length: > 0 } who
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, IdOf(who).ToString())], "named")), "named"))
                : AuthenticateResult.NoResult());
    }
}
