using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 2.1: login, region, consent, callback.</summary>
public sealed class TheDance
{
    [Fact]
    public async Task The_whole_dance_ends_at_the_callback_with_a_prefixed_code_the_country_and_the_state()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);

        var region = await dance.LogInAsync(await dance.CentralAsync(), "olivia@sandbox.test");
        Assert.EndsWith("/oauth2/region", region.AbsolutePath, StringComparison.Ordinal);
        var page = await dance.Browser.GetStringAsync(region);
        var consent = await dance.FollowAsync(new Uri(region.AbsoluteUri.Replace("/region?", "/consent?country=GB&", StringComparison.Ordinal)));
        Assert.Contains("United Kingdom", page, StringComparison.Ordinal);
        var callback = await dance.DecideAsync(consent, "allow");

        Assert.StartsWith("https://dext.example/Callback?from=sage&", callback.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("code=GB%2F", callback.Query, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(callback.Query);
        Assert.Equal("GB", query["country"]);
        Assert.Equal("st/te+1", query["state"]);
    }

    [Fact]
    public async Task Denying_goes_back_with_access_denied_and_the_state()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request["country"] = "gb";

        var callback = await dance.DecideAsync(await dance.LogInAsync(await dance.CentralAsync(), "olivia@sandbox.test"), "deny");

        var query = QueryHelpers.ParseQuery(callback.Query);
        Assert.Equal("access_denied", query["error"]);
        Assert.Equal("st/te+1", query["state"]);
        Assert.False(query.ContainsKey("code"));
    }

    [Fact]
    public async Task Consent_is_asked_once_until_the_person_removes_access()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.ConnectAsync();

        using var second = new Dance(sandbox);
        second.Request["country"] = "gb";
        var straightBack = await second.LogInAsync(await second.CentralAsync(), "olivia@sandbox.test");
        Assert.Equal("dext.example", straightBack.Host);

        await RemoveAccessAsync(sandbox);
        using var third = new Dance(sandbox);
        third.Request["country"] = "gb";
        Assert.EndsWith("/consent", (await third.LogInAsync(await third.CentralAsync(), "olivia@sandbox.test")).AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://dext.example/callback?from=sage")]
    [InlineData("https://dext.example/Callback")]
    [InlineData("https://evil.example/Callback?from=sage")]
    [InlineData("")]
    public async Task A_redirect_uri_that_differs_in_a_character_never_redirects(string redirect)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request["redirect_uri"] = redirect;

        var answer = await dance.Browser.GetAsync(QueryHelpers.AddQueryString("oauth2/auth/central", dance.Request));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("redirect_uri", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_application_sees_a_page_and_no_redirect()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request["client_id"] = "somebody/else";

        Assert.Equal(HttpStatusCode.BadRequest, (await dance.Browser.GetAsync(QueryHelpers.AddQueryString("oauth2/auth/central", dance.Request))).StatusCode);
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("country", "fr", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    public async Task A_bad_request_goes_back_with_its_error(string parameter, string value, string error)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request[parameter] = value;

        var query = QueryHelpers.ParseQuery((await dance.CentralAsync()).Query);

        Assert.Equal(error, query["error"]);
        Assert.Equal("st/te+1", query["state"]);
    }

    [Fact]
    public async Task A_country_without_a_business_of_the_person_fails_as_Sage_does()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request["country"] = "ie";

        var query = QueryHelpers.ParseQuery((await dance.LogInAsync(await dance.CentralAsync(), "una@sandbox.test")).Query);

        Assert.Equal("Invalid request", query["error"]);
        Assert.Equal("Email already in use", query["reason"]);
    }

    [Fact]
    public async Task Somebody_who_is_signed_in_is_asked_whether_to_continue_or_use_another_login()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request["country"] = "gb";
        var login = await dance.CentralAsync();
        await dance.LogInAsync(login, "olivia@sandbox.test");

        var page = await dance.Browser.GetStringAsync(login);
        Assert.Contains("Continue as Olivia", page, StringComparison.Ordinal);
        var onward = dance.Location(await dance.Browser.PostAsync(login, SandboxHost.Form(("step", "continue"))));
        Assert.EndsWith("/consent", onward.AbsolutePath, StringComparison.Ordinal);

        dance.Location(await dance.Browser.PostAsync(login, SandboxHost.Form(("step", "other"))));
        Assert.Contains("Ravi Shah", await dance.Browser.GetStringAsync(login), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ready_person_signs_in_with_one_click_and_a_wrong_password_does_not()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        var login = await dance.CentralAsync();

        var wrong = await dance.Browser.PostAsync(login, SandboxHost.Form(("email", "una@sandbox.test"), ("password", "guess")));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);

        var ravi = DextSage.Integration.Sandbox.Person.All.Single(person => person.FirstName == "Ravi");
        var onward = dance.Location(await dance.Browser.PostAsync(login, SandboxHost.Form(("person", ravi.Id))));
        Assert.EndsWith("/region", onward.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S256")]
    [InlineData("plain")]
    public async Task A_code_asked_for_with_a_proof_key_needs_its_verifier(string method)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        const string verifier = "abcdefghijklmnopqrstuvwxyz0123456789-._~ABCDEFG";
        var challenge = method == "plain" ? verifier : WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

        Assert.Equal(HttpStatusCode.BadRequest, (await ExchangeAsync(null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ExchangeAsync(verifier + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ExchangeAsync(verifier)).StatusCode);

        async Task<HttpResponseMessage> ExchangeAsync(string? shown)
        {
            using var dance = new Dance(sandbox);
            dance.Request["code_challenge"] = challenge;
            dance.Request["code_challenge_method"] = method;
            var code = await dance.ToCodeAsync("olivia@sandbox.test", "gb");
            (string, string)[] fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", SandboxHost.Callback)];
            return await sandbox.TokenAsync(shown is null ? fields : [.. fields, ("code_verifier", shown)]);
        }
    }

    [Fact]
    public async Task Every_page_says_sandbox_and_carries_no_script_or_inline_style()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        dance.Request["country"] = "gb";
        var login = await dance.CentralAsync();
        var consent = await dance.LogInAsync(login, "olivia@sandbox.test");

        foreach (var address in (Uri[])[login, consent, sandbox.Home, new Uri(sandbox.Home, "connections")])
        {
            var answer = await dance.Browser.GetAsync(address);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Contains("this is not Sage", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
            Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    internal static async Task RemoveAccessAsync(SandboxHost sandbox, string firstName = "Olivia")
    {
        using var browser = sandbox.Browser();
        Assert.Contains("Remove access", await browser.GetStringAsync(new Uri(sandbox.Home, "connections")), StringComparison.Ordinal);
        var person = DextSage.Integration.Sandbox.Person.All.Single(one => one.FirstName == firstName);
        var answer = await browser.PostAsync(new Uri(sandbox.Home, "connections/remove"), SandboxHost.Form(("person", person.Id), ("client", sandbox.Options.ClientId)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}
