using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DextSage.App.Account;
using DextSage.App.Security;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Account;

public sealed partial class AccountTests
{
    private const string Email = "olive@grove.example";
    private const string Password = "seven quiet herons";

    [Theory]
    [InlineData("Alma Marsh")]
    [InlineData("Ben Okafor")]
    [InlineData("Cara Lind")]
    public async Task A_ready_person_signs_in_with_one_click_and_lands_on_costs(string name)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.SignInAsAsync(name);

        using var home = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal("/b/marsh-daughters/costs", home.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Without_the_sandbox_ready_people_are_nobody_even_with_an_old_session()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var url = $"--DextSage:Url=http://localhost:{TestApp.FreePort()}";
            await using var first = await TestApp.StartWithAsync(Checking, folder, url);
            using var alma = await first.SignInAsAsync("Alma Marsh");
            await first.DisposeAsync();

            await using var app = await TestApp.StartWithAsync(Checking, folder, url, "--DextSage:Sandbox=false");

            using var security = await alma.GetAsync("/account/security", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, security.StatusCode);
            using var visitor = app.NewClient();
            using var home = await visitor.GetAsync("/", TestContext.Current.CancellationToken);
            Assert.Equal("/account/first-run", home.Headers.Location?.ToString());
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    [Fact]
    public async Task The_first_run_makes_one_owner_however_many_ask_at_once()
    {
        await using var app = await StartWithoutSandboxAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
        {
            using var client = app.NewClient();
            using var answer = await SubmitFirstRunAsync(client, $"owner{n}@grove.example");
            return answer.Headers.Location?.OriginalString;
        }));

        await using var db = await app.Services.GetRequiredService<IDbContextFactory<DextSageDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await db.Users.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Businesses.CountAsync(TestContext.Current.CancellationToken));
        Assert.Single(answers, location => location?.EndsWith('/') is true);
        using var late = app.NewClient();
        using var again = await late.GetAsync("/account/first-run", TestContext.Current.CancellationToken);
        Assert.EndsWith("/account/sign-in", again.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_owner_is_admin_of_the_business_they_named()
    {
        await using var app = await StartWithOwnerAsync();
        using var olive = await SignInAsync(app, Email, Password);

        using var home = await olive.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal("/b/olive-grove-cafe/costs", home.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("", Email, Password, "Grove", "Enter your name")]
    [InlineData("Olive", "no address", Password, "Grove", "Enter an e-mail address")]
    [InlineData("Olive", Email, Password, " ", "Enter the name of the business")]
    [InlineData("Olive", Email, "short", "Grove", "at least 12 characters")]
    public async Task The_first_run_says_what_is_missing(string name, string email, string password, string business, string expected)
    {
        await using var app = await StartWithoutSandboxAsync();
        using var client = app.NewClient();

        using var answer = await TestApp.SubmitAsync(client, "/account/first-run", "first-run",
            ("Owner.Name", name), ("Owner.Email", email), ("Owner.Password", password), ("Owner.BusinessName", business));

        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_read_the_same_and_the_fifth_try_locks()
    {
        await using var app = await StartWithOwnerAsync();
        using var client = app.NewClient();

        var unknown = await TryAsync(client, "nobody@grove.example", "whatever it is");
        Assert.Contains("don&#x27;t belong together", unknown);
        for (var n = 0; n < 4; n++) Assert.Contains("don&#x27;t belong together", await TryAsync(client, Email, "wrong password"));
        Assert.Contains("locked for a few minutes", await TryAsync(client, Email, "wrong password"));
        Assert.Contains("locked for a few minutes", await TryAsync(client, Email, Password));
    }

    [Fact]
    public async Task Tries_from_one_address_run_out()
    {
        await using var app = await StartWithOwnerAsync();
        using var client = app.NewClient();
        var statuses = new List<HttpStatusCode>();
        for (var n = 0; n <= RateLimits.TriesPerMinute; n++)
        {
            using var answer = await TestApp.SubmitAsync(client, "/account/sign-in", "password", ("Password.Email", $"a{n}@grove.example"), ("Password.Text", "x"));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Contains(HttpStatusCode.OK, statuses);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_a_recovery_code_works_once()
    {
        await using var app = await StartWithOwnerAsync();
        using var olive = await SignInAsync(app, Email, Password);
        var setup = await olive.GetStringAsync("/account/security/authenticator", TestContext.Current.CancellationToken);
        Assert.Contains("src=\"data:image/png;base64,", setup);
        var key = TotpKey().Match(setup).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
        using var on = await TestApp.SubmitAsync(olive, "/account/security/authenticator", "verify", ("Verify.Code", Totp(key)));
        var codes = RecoveryCode().Matches(await on.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(m => m.Groups["code"].Value).ToList();
        Assert.Equal(10, codes.Count);

        using var client = app.NewClient();
        using var password = await PostPasswordAsync(client, Email, Password);
        Assert.Contains("/account/two-factor", password.Headers.Location?.ToString());
        using var refused = await client.GetAsync("/account/security", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        using var wrong = await TestApp.SubmitAsync(client, "/account/two-factor", "code", ("Code.Digits", "000"));
        Assert.Contains("That code isn&#x27;t right", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var right = await TestApp.SubmitAsync(client, "/account/two-factor", "code", ("Code.Digits", Totp(key)));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.Contains("On. Recovery codes left: 10.", await client.GetStringAsync("/account/security", TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Redirect, await RecoverAsync(app, codes[0]));
        Assert.Equal(HttpStatusCode.OK, await RecoverAsync(app, codes[0]));
    }

    [Fact]
    public async Task Changing_the_password_ends_every_other_session()
    {
        await using var app = await StartWithOwnerAsync();
        using var here = await SignInAsync(app, Email, Password);
        using var elsewhere = await SignInAsync(app, Email, Password);

        using var changed = await TestApp.SubmitAsync(here, "/account/security", "change-password",
            ("Change.Current", Password), ("Change.New", "eight quiet herons"), ("Change.Again", "eight quiet herons"));

        Assert.Contains("Your password is changed", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var goesOn = await here.GetAsync("/account/security", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, goesOn.StatusCode);
        using var ended = await elsewhere.GetAsync("/account/security", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
    }

    [Fact]
    public async Task A_disabled_persons_session_ends_and_no_new_one_begins()
    {
        await using var app = await StartWithOwnerAsync();
        using var olive = await SignInAsync(app, Email, Password);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            await people.SetLockoutEndDateAsync((await people.FindByEmailAsync(Email))!, DateTimeOffset.MaxValue);
        }

        using var ended = await olive.GetAsync("/account/security", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        using var client = app.NewClient();
        using var answer = await PostPasswordAsync(client, Email, Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Cookies_over_http_are_hidden_from_scripts_and_other_sites()
    {
        await using var app = await StartWithOwnerAsync();
        using var client = app.NewClient();
        using var answer = await PostPasswordAsync(client, Email, Password);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("dextsage=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.DoesNotContain("domain=", cookie);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_another_site_cannot_do_it()
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");

        using var foreign = await alma.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/account/sign-out") { Headers = { { "Sec-Fetch-Site", "same-site" } } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var still = await alma.GetAsync("/account/security", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);

        using var own = await alma.PostAsync("/account/sign-out", null, TestContext.Current.CancellationToken);
        Assert.Equal("/account/sign-in", own.Headers.Location?.ToString());
        using var ended = await alma.GetAsync("/account/security", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
    }

    [Theory]
    [InlineData("/b/x/costs?a=b#c", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("\\\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/\n/evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("https:evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(" /b", false)]
    [InlineData("evil.example", false)]
    [InlineData("/b\\..\\..", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string? returnUrl, bool isLocal)
    {
        Assert.Equal(isLocal, LocalUrl.IsLocal(returnUrl));
        await using var app = await TestApp.StartAsync();
        using var client = app.NewClient();

        using var answer = await TestApp.SubmitAsync(client, $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl ?? "")}", "ready", ("Ready.Name", "Alma Marsh"));

        var to = new Uri(app.Url, answer.Headers.Location!);
        Assert.Equal(app.Url.Authority, to.Authority);
        Assert.Equal(isLocal ? returnUrl : "/", to.PathAndQuery + to.Fragment);
    }

    [Theory]
    [InlineData("Olive Grove Café", "olive-grove-cafe")]
    [InlineData("Marsh & Daughters Ltd", "marsh-daughters-ltd")]
    [InlineData("  ", "business")]
    [InlineData("東京", "business")]
    public void A_business_is_named_in_addresses_by_plain_letters(string name, string slug) => Assert.Equal(slug, FirstRun.Slug(name));

    private static void Checking(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
        builder.Services.Configure<SessionChecks>(checks => checks.Cookies = TimeSpan.Zero);

    private static Task<TestApp> StartWithoutSandboxAsync() => TestApp.StartWithAsync(Checking, null, "--DextSage:Sandbox=false");

    private static async Task<TestApp> StartWithOwnerAsync()
    {
        var app = await StartWithoutSandboxAsync();
        using var client = app.NewClient();
        using var answer = await SubmitFirstRunAsync(client, Email);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return app;
    }

    private static Task<HttpResponseMessage> SubmitFirstRunAsync(HttpClient client, string email) =>
        TestApp.SubmitAsync(client, "/account/first-run", "first-run",
            ("Owner.Name", "Olive Grove"), ("Owner.Email", email), ("Owner.Password", Password), ("Owner.BusinessName", "Olive Grove Café"));

    private static Task<HttpResponseMessage> PostPasswordAsync(HttpClient client, string email, string password) =>
        TestApp.SubmitAsync(client, "/account/sign-in", "password", ("Password.Email", email), ("Password.Text", password));

    private static async Task<TestApp.Visitor> SignInAsync(TestApp app, string email, string password)
    {
        var client = app.NewClient();
        using var answer = await PostPasswordAsync(client, email, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private static async Task<string> TryAsync(HttpClient client, string email, string password)
    {
        using var answer = await PostPasswordAsync(client, email, password);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> RecoverAsync(TestApp app, string code)
    {
        using var client = app.NewClient();
        using var password = await PostPasswordAsync(client, Email, Password);
        using var answer = await TestApp.SubmitAsync(client, "/account/recovery-code", "recovery", ("Recovery.Text", code));
        return answer.StatusCode;
    }

    // RFC 6238 with HMAC-SHA1, 30 seconds, 6 digits: what an authenticator app does.
    private static string Totp(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        Array.Reverse(step);
#pragma warning disable CA5350 // The standard's own choice.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3]) % 1_000_000;
        return number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("<code>(?<key>[A-Z2-7 ]{20,})</code>", RegexOptions.NonBacktracking)]
    private static partial Regex TotpKey();

    [GeneratedRegex("<li><code>(?<code>[^<]+)</code></li>", RegexOptions.NonBacktracking)]
    private static partial Regex RecoveryCode();
}
