using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Trouble on demand, and the journal that counts by.</summary>
public sealed class TheFaults
{
    [Theory]
    [InlineData("7")]
    [InlineData(null)]
    public async Task A_throttle_answers_429_as_often_as_asked_with_or_without_Retry_After(string? wait)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        await sandbox.FaultAsync(new { method = "GET", path = "/contacts", kind = "throttle", times = 2, retryAfter = wait });

        for (var i = 0; i < 2; i++)
        {
            var answer = await api.GetAsync("contacts");
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(wait, answer.Headers.TryGetValues("Retry-After", out var sent) ? sent.Single() : null);
        }
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("contacts")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("tax_rates")).StatusCode);
    }

    [Fact]
    public async Task An_error_after_the_commit_says_500_though_the_bill_is_there()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = SandboxApi.Wrap(await api.BillAsync());
        await sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "error-after-commit" });

        Assert.Equal(("UnexpectedError", "An unexpected error occurred.", ""), Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("purchase_invoices", bill), 500)));
        Assert.Equal(1, (int)(await api.ReadAsync("purchase_invoices"))["$total"]!);
    }

    [Theory]
    [InlineData("answer-lost-after-commit", 1)]
    [InlineData("lost-before", 0)]
    public async Task A_lost_connection_leaves_what_was_done_before_it(string kind, int bills)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = SandboxApi.Wrap(await api.BillAsync());
        await sandbox.FaultAsync(new { path = "/purchase_invoices", kind });

        await Assert.ThrowsAsync<HttpRequestException>(() => api.PostAsync("purchase_invoices", bill));

        Assert.Equal(bills, (int)(await api.ReadAsync("purchase_invoices"))["$total"]!);
    }

    [Fact]
    public async Task A_status_can_be_any_with_other_words_before_or_after_the_work()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var contact = new JsonObject { ["contact"] = new JsonObject { ["name"] = "A", ["contact_type_ids"] = new JsonArray("VENDOR") } };
        await sandbox.FaultAsync(new { path = "/contacts", kind = "status", status = 503, retryAfter = "1" });
        await sandbox.FaultAsync(new { path = "/contacts", kind = "status", status = 504, afterCommit = true });
        await sandbox.FaultAsync(new { path = "/tax_rates", kind = "status", status = 401, dataCode = "AuthorizationFailure", message = "Access denied. Cannot verify subscription. Please try again later. (MRF)" });

        Assert.Equal("1", (await api.PostAsync("contacts", contact)).Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await api.PostAsync("contacts", contact)).StatusCode);
        Assert.Equal("AuthorizationFailure", Assert.Single(await SandboxApi.RefusalAsync(await api.GetAsync("tax_rates"), 401)).Code);
        Assert.Equal(1, (int)(await api.ReadAsync("contacts?updated_or_created_since=2026-11-22"))["$total"]!);
    }

    [Fact]
    public async Task An_answer_may_be_a_page_of_HTML_or_half_a_JSON()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        await sandbox.FaultAsync(new { path = "/contacts", kind = "html-with-200" });
        await sandbox.FaultAsync(new { path = "/contacts", kind = "truncated-json" });

        var html = await api.GetAsync("contacts");
        Assert.Equal(("text/html", HttpStatusCode.OK), (html.Content.Headers.ContentType!.MediaType, html.StatusCode));
        var half = await api.GetAsync("contacts");
        Assert.Equal(HttpStatusCode.OK, half.StatusCode);
        var text = await half.Content.ReadAsStringAsync();
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
    }

    [Fact]
    public async Task A_slow_answer_waits_by_the_sandboxs_clock()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        await sandbox.FaultAsync(new { path = "/contacts", kind = "slow", delayMs = 5000 });

        var waiting = api.GetAsync("contacts");
        await JournalAsync(sandbox, entries => entries.Any(entry => (string?)entry["path"] == "/contacts"));
        Assert.False(waiting.IsCompleted);
        while (!waiting.IsCompleted)
        {
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }

        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_of_a_refresh_leaves_the_old_token_dead()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();
        await sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "answer-lost-after-commit" });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.RefreshAsync(tokens.Refresh));

        Assert.Equal(HttpStatusCode.BadRequest, (await sandbox.RefreshAsync(tokens.Refresh)).StatusCode);
    }

    [Fact]
    public async Task A_fault_can_let_some_requests_pass_and_can_be_taken_back()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var wire = sandbox.Wire();
        await sandbox.FaultAsync(new { path = "/contacts", kind = "status", status = 500, skip = 1, times = 9 });

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("contacts")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await api.GetAsync("contacts")).StatusCode);
        Assert.Equal(8, (int)JsonNode.Parse(await wire.GetStringAsync("control/faults"))![0]!["times"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await wire.DeleteAsync("control/faults")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("contacts")).StatusCode);
    }

    [Fact]
    public async Task A_fault_can_wait_for_a_query_or_a_business()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();
        using var marsh = sandbox.Api(tokens.Access);
        using var bakery = sandbox.Api(tokens.Access, "Harbour Street Bakery");
        await sandbox.FaultAsync(new { path = "/contacts", kind = "status", status = 504, query = "attributes=all", business = SandboxHost.BusinessId("Marsh & Daughters Ltd") });

        Assert.Equal(HttpStatusCode.OK, (await marsh.GetAsync("contacts?attributes=name")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bakery.GetAsync("contacts?attributes=all")).StatusCode);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await marsh.GetAsync("contacts?attributes=all")).StatusCode);
    }

    [Theory]
    [InlineData("""{"path": "/contacts", "kind": "earthquake"}""")]
    [InlineData("""{"path": "/contacts", "kind": "slow", "dealyMs": 5}""")]
    [InlineData("""{"path": "/contacts"}""")]
    [InlineData("""{"path": null, "kind": "slow"}""")]
    public async Task A_fault_that_is_misspelt_is_refused(string fault)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var wire = sandbox.Wire();

        var answer = await wire.PostAsync("control/faults", new StringContent(fault, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_controls_answer_this_machine_only_and_no_strangers_page()
    {
        await using var far = await SandboxHost.StartAsync(from: System.Net.IPAddress.Parse("203.0.113.9"));
        await using var near = await SandboxHost.StartAsync();
        using var farWire = far.Wire();
        using var stranger = near.Wire();
        stranger.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        foreach (var path in (string[])["control/faults", "control/journal"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await farWire.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        }
        using var wire = near.Wire();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await wire.PostAsync("control/faults", SandboxHost.Form(("path", "/")))).StatusCode);
    }

    [Fact]
    public async Task All_access_tokens_can_be_made_to_expire_at_once()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();
        using var api = sandbox.Api(tokens.Access);
        using var wire = sandbox.Wire();

        Assert.Equal(HttpStatusCode.OK, (await wire.PostAsync("control/expire-access-tokens", null)).StatusCode);

        await SandboxApi.RefusalAsync(await api.GetAsync("contacts"), 401);
        await Tokens.OfAsync(await sandbox.RefreshAsync(tokens.Refresh));
    }

    [Fact]
    public async Task The_journal_counts_requests_and_holds_no_token()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var tokens = await sandbox.ConnectAsync();
        using var api = sandbox.Api(tokens.Access);
        var bill = await api.BillAsync();
        bill["idempotency_id"] = "3f1d5c0a9be24a6c8d7e1f2a3b4c5d6e";
        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));

        var entries = await JournalAsync(sandbox, _ => true);

        var post = Assert.Single(entries, entry => (string?)entry["path"] == "/purchase_invoices");
        Assert.Equal(("POST", 201), ((string)post["method"]!, (int)post["status"]!));
        Assert.Equal(SandboxHost.BusinessId("Marsh & Daughters Ltd"), (string?)post["business"]);
        Assert.Equal("3f1d5c0a9be24a6c8d7e1f2a3b4c5d6e", (string?)post["idempotencyId"]);
        Assert.Single(entries, entry => (string?)entry["path"] == "/token");
        var text = new JsonArray([.. entries.Select(entry => entry.DeepClone())]).ToJsonString();
        Assert.DoesNotContain(tokens.Access, text, StringComparison.Ordinal);
        Assert.DoesNotContain(tokens.Refresh, text, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonObject>> JournalAsync(SandboxHost sandbox, Func<IReadOnlyList<JsonObject>, bool> until)
    {
        using var wire = sandbox.Wire();
        while (true)
        {
            var entries = JsonNode.Parse(await wire.GetStringAsync("control/journal"))!.AsArray().Select(entry => entry!.AsObject()).ToList();
            if (until(entries)) return entries;
        }
    }
}
