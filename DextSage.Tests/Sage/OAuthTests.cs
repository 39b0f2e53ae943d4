using System.Web;
using DextSage.Integration.Sage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace DextSage.Tests.Sage;

public sealed class OAuthTests
{
    private const string Grant = """
        {"access_token":"canary-access","scope":"full_access","token_type":"bearer","expires_in":300,"refresh_token":"canary-refresh","refresh_token_expires_in":2678400,"requested_by_id":"u1"}
        """;

    private static readonly Uri Callback = new("https://books.example/connections/sage/callback");

    [Fact]
    public void The_browser_is_sent_to_Sage_with_everything_it_needs()
    {
        using var rig = new SageRig();

        var address = rig.OAuth.AuthoriseUrl("s/1", SageOAuth.Challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), Callback, "gb");

        Assert.Equal("https://www.sageone.com/oauth2/auth/central", address.GetLeftPart(UriPartial.Path));
        Assert.Contains("client_id=3fe1%2F7ab2", address.Query, StringComparison.Ordinal);
        var query = HttpUtility.ParseQueryString(address.Query);
        Assert.Equal(
            ["filter=apiv3.1", "response_type=code", "client_id=3fe1/7ab2", "redirect_uri=" + Callback, "scope=full_access", "state=s/1",
             "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method=S256", "country=gb"],
            query.AllKeys.Select(k => $"{k}={query[k]}"));
    }

    [Fact]
    public async Task A_code_is_traded_for_tokens_with_its_proof()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, Grant);

        var grant = (await rig.OAuth.ExchangeAsync("GB/12abc", "the-verifier", Callback, TestContext.Current.CancellationToken)).Value!;

        Assert.Equal(("canary-access", "canary-refresh", "full_access", "u1"), (grant.AccessToken, grant.RefreshToken, grant.Scope, grant.RequestedById));
        Assert.Equal(rig.Clock.GetUtcNow().AddSeconds(300), grant.AccessTokenExpires);
        Assert.Equal(rig.Clock.GetUtcNow().AddDays(31), grant.RefreshTokenExpires);
        var sent = Assert.Single(rig.Sage.Sent);
        Assert.Equal("https://oauth.accounting.sage.com/token", sent.Uri.AbsoluteUri);
        Assert.Equal("application/x-www-form-urlencoded", sent.Headers["Content-Type"]);
        var form = HttpUtility.ParseQueryString(sent.BodyText);
        Assert.Equal("3fe1/7ab2|canary-client-secret|authorization_code|GB/12abc|the-verifier|" + Callback,
            string.Join('|', new[] { "client_id", "client_secret", "grant_type", "code", "code_verifier", "redirect_uri" }.Select(k => form[k])));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", SageFailureKind.SignInNeeded, false)]
    [InlineData(400, """{"error":"invalid_client","error_description":"Unknown."}""", SageFailureKind.AppNotAccepted, false)]
    [InlineData(401, """{"error":"unauthorized_client"}""", SageFailureKind.AppNotAccepted, false)]
    [InlineData(400, """{"error":"invalid_request"}""", SageFailureKind.Rejected, false)]
    [InlineData(503, "", SageFailureKind.Busy, true)]
    [InlineData(200, "<html>", SageFailureKind.Garbled, true)]
    [InlineData(200, """{"access_token":"a"}""", SageFailureKind.Garbled, true)]
    public async Task Each_refusal_of_a_refresh_has_its_kind_and_is_asked_once(int status, string body, SageFailureKind kind, bool unknown)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(status, body);

        var failure = (await rig.OAuth.RefreshAsync("canary-refresh", TestContext.Current.CancellationToken)).Failure!;

        Assert.Equal((kind, unknown), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.Equal(kind is SageFailureKind.SignInNeeded ? SignInProblem.Refused : null, failure.SignInProblem);
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task A_refresh_without_an_answer_may_have_used_up_its_token()
    {
        using var rig = new SageRig();
        rig.Sage.Script = (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "Broken off.");

        var failure = (await rig.OAuth.RefreshAsync("canary-refresh", TestContext.Current.CancellationToken)).Failure!;

        Assert.Equal((SageFailureKind.NoAnswer, true), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task A_grant_is_revoked_by_its_refresh_token()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, """{"success":"ok"}""");

        Assert.True((await rig.OAuth.RevokeAsync("canary-refresh", TestContext.Current.CancellationToken)).IsSuccess);

        var sent = Assert.Single(rig.Sage.Sent);
        Assert.Equal("https://oauth.accounting.sage.com/revoke", sent.Uri.AbsoluteUri);
        Assert.Equal("canary-refresh", HttpUtility.ParseQueryString(sent.BodyText)["token"]);
    }

    [Fact]
    public async Task No_secret_reaches_a_log_an_answer_or_an_exception()
    {
        using var rig = new SageRig(o => o.ReadRetries = 0);
        var cancel = TestContext.Current.CancellationToken;
        rig.Sage.Answers(200, Grant);
        var told = new List<object> { await rig.OAuth.ExchangeAsync("canary-code", "canary-verifier", Callback, cancel), await rig.OAuth.RefreshAsync("canary-refresh", cancel) };
        rig.Sage.Answers(FakeSage.TokenRefused);
        told.Add(await rig.ReadAsync());
        rig.Sage.Answers(500, "");
        told.Add(await rig.WriteAsync("""{"contact":{"notes":"canary-body"}}"""));
        rig.Sage.Script = (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "Broken off.");
        told.Add(await rig.OAuth.RevokeAsync("canary-refresh", cancel));
        told.Add(await rig.Client.FindContactsAsync(rig.Target, SageContactType.Vendor, "canary-search", new(1), cancel));
        rig.Sage.Script = (_, _) => throw new InvalidOperationException("Nobody foresaw this.");
        told.Add(await Assert.ThrowsAsync<InvalidOperationException>(rig.ReadAsync));
        told.Add(new SageBody("canary-body"));

        Assert.Contains("/v3.1/contacts", rig.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", rig.Logs.Text, StringComparison.Ordinal);
        Assert.All(told, t => Assert.DoesNotContain("canary", t.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://api.accounting.sage.com/v3.1", false)]
    [InlineData("https://api.accounting.sage.com/v3.1", true)]
    [InlineData("http://127.0.0.1:5000/sandbox/sage/v3.1", true)]
    [InlineData("http://localhost:5000/v3.1", true)]
    [InlineData("file:///etc/passwd", false)]
    public void Sage_is_spoken_to_over_https_unless_it_is_on_this_machine(string address, bool taken)
    {
        using var rig = new ServiceCollection().AddSage()
            .Configure<SageOptions>(o => (o.ClientId, o.ClientSecret, o.ApiUrl) = ("a", "b", new(address))).BuildServiceProvider();
        var read = () => rig.GetRequiredService<IOptions<SageOptions>>().Value;
        if (taken) Assert.Equal(new Uri(address), read().ApiUrl);
        else Assert.Contains("ApiUrl", Assert.Throws<OptionsValidationException>(read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_id_without_its_secret_is_refused_and_neither_of_them_is_no_app()
    {
        using var half = new ServiceCollection().AddSage().Configure<SageOptions>(o => o.ClientId = "an id").BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => half.GetRequiredService<IOptions<SageOptions>>().Value);

        using var none = new ServiceCollection().AddSage().BuildServiceProvider();
        Assert.False(none.GetRequiredService<IOptions<SageOptions>>().Value.HasApp);
    }
}
