using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 2.2 and 2.3: codes, rotating refresh tokens, revoking.</summary>
public sealed class TheTokens
{
    [Fact]
    public async Task The_token_answer_has_the_documented_members()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var tokens = await sandbox.ConnectAsync();

        Assert.Equal(
            ["access_token", "scope", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in", "requested_by_id"],
            tokens.Whole.Select(member => member.Key));
        Assert.Equal(300, (int)tokens.Whole["expires_in"]!);
        Assert.Equal(2_678_400, (int)tokens.Whole["refresh_token_expires_in"]!);
        Assert.Equal("full_access", (string)tokens.Whole["scope"]!);
        Assert.True(Guid.TryParseExact((string)tokens.Whole["requested_by_id"]!, "D", out _));
        Assert.Equal(3, tokens.Access.Split('.').Length);
        Assert.InRange(tokens.Access.Length, 900, 2048);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        var code = await dance.ToCodeAsync("olivia@sandbox.test", "gb");

        Assert.Equal(HttpStatusCode.OK, (await ExchangeAsync(sandbox, code)).StatusCode);
        await RefusedAsync(await ExchangeAsync(sandbox, code), "invalid_grant");
    }

    [Fact]
    public async Task A_code_is_stale_after_sixty_seconds()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        var code = await dance.ToCodeAsync("olivia@sandbox.test", "gb");

        sandbox.Time.Advance(TimeSpan.FromSeconds(60));

        await RefusedAsync(await ExchangeAsync(sandbox, code), "invalid_grant");
    }

    [Fact]
    public async Task A_code_shown_with_another_redirect_uri_is_refused_and_used_up()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var dance = new Dance(sandbox);
        var code = await dance.ToCodeAsync("olivia@sandbox.test", "gb");

        await RefusedAsync(await sandbox.TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", "https://dext.example/other")), "invalid_grant");
        await RefusedAsync(await ExchangeAsync(sandbox, code), "invalid_grant");
    }

    [Fact]
    public async Task A_refresh_gives_a_new_pair_and_a_used_refresh_token_is_refused()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var first = await sandbox.ConnectAsync();

        var second = await Tokens.OfAsync(await sandbox.RefreshAsync(first.Refresh));

        Assert.NotEqual(first.Refresh, second.Refresh);
        await RefusedAsync(await sandbox.RefreshAsync(first.Refresh), "invalid_grant");
        await Tokens.OfAsync(await sandbox.RefreshAsync(second.Refresh));
    }

    [Fact]
    public async Task Of_many_refreshes_at_once_exactly_one_wins()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => sandbox.RefreshAsync(tokens.Refresh)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refresh_token_dies_after_thirty_one_idle_days()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var first = await sandbox.ConnectAsync();
        sandbox.Time.Advance(TimeSpan.FromDays(30));
        var second = await Tokens.OfAsync(await sandbox.RefreshAsync(first.Refresh));

        sandbox.Time.Advance(TimeSpan.FromDays(31));

        await RefusedAsync(await sandbox.RefreshAsync(second.Refresh), "invalid_grant");
    }

    [Fact]
    public async Task Authorising_again_ends_the_earlier_refresh_token()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var first = await sandbox.ConnectAsync();
        var second = await sandbox.ConnectAsync();

        await RefusedAsync(await sandbox.RefreshAsync(first.Refresh), "invalid_grant");
        await Tokens.OfAsync(await sandbox.RefreshAsync(second.Refresh));
    }

    [Fact]
    public async Task Grants_live_side_by_side_when_the_sandbox_is_told_so()
    {
        await using var sandbox = await SandboxHost.StartAsync(options => options.NewGrantEndsEarlierOnes = false);
        var first = await sandbox.ConnectAsync();
        var second = await sandbox.ConnectAsync();

        await Tokens.OfAsync(await sandbox.RefreshAsync(first.Refresh));
        await Tokens.OfAsync(await sandbox.RefreshAsync(second.Refresh));
    }

    [Fact]
    public async Task An_access_token_lives_five_minutes()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        sandbox.Time.Advance(TimeSpan.FromSeconds(299));
        await api.ReadAsync("user");

        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("AccessTokenVerificationError", Assert.Single(await SandboxApi.RefusalAsync(await api.GetAsync("user"), 401)).Code);
    }

    [Fact]
    public async Task A_wrong_secret_is_an_invalid_client_and_basic_authentication_works_too()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();

        await RefusedAsync(await sandbox.TokenAsync(("client_secret", "wrong"), ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh)), "invalid_client");

        using var wire = sandbox.Wire();
        var basic = $"{Uri.EscapeDataString(sandbox.Options.ClientId)}:{Uri.EscapeDataString(sandbox.Options.ClientSecret)}";
        wire.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        await Tokens.OfAsync(await wire.PostAsync("token", SandboxHost.Form(("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh))));
    }

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("authorization_code", "invalid_request")]
    [InlineData("refresh_token", "invalid_request")]
    public async Task A_token_request_that_lacks_something_says_so(string grant, string error)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        await RefusedAsync(await sandbox.TokenAsync(("grant_type", grant)), error);
    }

    [Fact]
    public async Task Revoking_ends_the_refresh_token_and_leaves_the_access_token_its_minutes()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();
        using var wire = sandbox.Wire();

        var answer = await wire.PostAsync("revoke", SandboxHost.Form(
            ("client_id", sandbox.Options.ClientId), ("client_secret", sandbox.Options.ClientSecret), ("token", tokens.Refresh)));

        Assert.Equal("""{"success":"ok"}""", await answer.Content.ReadAsStringAsync());
        await RefusedAsync(await sandbox.RefreshAsync(tokens.Refresh), "invalid_grant");
        using var api = sandbox.Api(tokens.Access);
        await api.ReadAsync("user");
    }

    [Fact]
    public async Task Removing_access_by_the_person_ends_refresh_and_access_tokens_at_once()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();
        var ravi = await sandbox.ConnectAsync("ravi@sandbox.test");

        await TheDance.RemoveAccessAsync(sandbox);

        await RefusedAsync(await sandbox.RefreshAsync(tokens.Refresh), "invalid_grant");
        using var api = sandbox.Api(tokens.Access);
        Assert.Equal("AccessTokenVerificationError", Assert.Single(await SandboxApi.RefusalAsync(await api.GetAsync("user"), 401)).Code);
        await Tokens.OfAsync(await sandbox.RefreshAsync(ravi.Refresh));
    }

    [Fact]
    public async Task Grants_survive_a_restart_and_no_token_is_in_the_file()
    {
        var folder = Folders.New("sandbox");
        Tokens tokens;
        await using (var before = await SandboxHost.StartAsync(folder: folder)) tokens = await before.ConnectAsync();

        await using (var after = await SandboxHost.StartAsync(folder: folder))
        {
            using var api = after.Api(tokens.Access);
            await api.ReadAsync("user");
            await Tokens.OfAsync(await after.RefreshAsync(tokens.Refresh));
        }
        foreach (var file in Directory.GetFiles(folder))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(tokens.Refresh)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(tokens.Access)));
        }
        Folders.Delete(folder);
    }

    [Fact]
    public async Task A_readonly_grant_cannot_write()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync(scope: "readonly");

        await api.ReadAsync("contacts");
        await SandboxApi.RefusalAsync(await api.PostAsync("contacts", new JsonObject { ["contact"] = new JsonObject { ["name"] = "New" } }), 403);
    }

    private static Task<HttpResponseMessage> ExchangeAsync(SandboxHost sandbox, string code) =>
        sandbox.TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", SandboxHost.Callback));

    private static async Task RefusedAsync(HttpResponseMessage answer, string error)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(error, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]);
    }
}
