using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 3, 6 and 7: authorisation, business, edition, role, body.</summary>
public sealed class TheFrontDoor
{
    [Fact]
    public async Task Without_an_Authorization_header_the_answer_is_an_object()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var wire = sandbox.Wire();

        var answer = await wire.GetAsync("v3.1/contacts");

        var body = await SandboxApi.ObjectAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("Authorization missing. Please, add an authorization token at the 'Authorization' HTTP header.", (string?)body["error"]);
    }

    [Theory]
    [InlineData("v3.1/contacts")]
    [InlineData("v3.1/no_such_thing")]
    public async Task A_bad_token_is_refused_before_the_path_is_looked_at(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var wire = sandbox.Wire();
        wire.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");

        var error = Assert.Single(await SandboxApi.RefusalAsync(await wire.GetAsync(path), 401));

        Assert.Equal(("AccessTokenVerificationError", "Access token is invalid (JWT malformed or missing).", "Authorization"), error);
    }

    [Fact]
    public async Task An_unknown_path_is_404_a_wrong_verb_405()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await SandboxApi.RefusalAsync(await api.GetAsync("no_such_thing"), 404);
        await SandboxApi.RefusalAsync(await api.GetAsync("contacts/00000000000000000000000000000000"), 404);
        Assert.Equal("MethodNotAllowed", Assert.Single(await SandboxApi.RefusalAsync(await api.DeleteAsync("tax_rates/GB_STANDARD"), 405)).Code);
    }

    [Fact]
    public async Task The_business_is_echoed_and_defaults_to_the_lead_business()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Harbour Street Bakery");
        Assert.Equal(SandboxHost.BusinessId("Harbour Street Bakery"), (await api.GetAsync("contacts")).Headers.GetValues("X-Business").Single());

        api.Http.DefaultRequestHeaders.Remove("X-Business");

        Assert.Equal(SandboxHost.BusinessId("Marsh & Daughters Ltd"), (await api.GetAsync("contacts")).Headers.GetValues("X-Business").Single());
    }

    [Theory]
    [InlineData("user")]
    [InlineData("businesses")]
    [InlineData("businesses/lead")]
    public async Task User_and_businesses_echo_no_business(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var answer = await api.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("X-Business"));
        Assert.NotEmpty(answer.Headers.GetValues("x-request-id").Single());
    }

    [Fact]
    public async Task Another_persons_business_is_refused()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Blackrock Designs Ltd");

        await SandboxApi.RefusalAsync(await api.GetAsync("contacts"), 403);
        await SandboxApi.RefusalAsync(await api.GetAsync("businesses/" + SandboxHost.BusinessId("Blackrock Designs Ltd")), 404);
    }

    [Theory]
    [InlineData("GET", "analysis_types")]
    [InlineData("GET", "analysis_type_categories")]
    [InlineData("POST", "purchase_invoices")]
    [InlineData("DELETE", "purchase_invoices/0123")]
    public async Task A_Start_business_answers_MSE_for_what_its_edition_lacks(string method, string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Tidewater Crafts");

        var answer = await api.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? SandboxHost.JsonContent(new { }) : null });

        Assert.Equal(("AuthorizationFailure", "No active subscription. (MSE)", ""), Assert.Single(await SandboxApi.RefusalAsync(answer, 401)));
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("purchase_invoices")).StatusCode);
    }

    [Fact]
    public async Task A_lapsed_subscription_answers_MSE_until_it_is_renewed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var business = SandboxHost.BusinessId("Marsh & Daughters Ltd");

        await sandbox.MutateAsync(new { business, action = "lapse" });
        await SandboxApi.RefusalAsync(await api.GetAsync("contacts"), 401);
        Assert.False((bool)(await api.ReadAsync("businesses/lead"))["subscriptions"]![0]!["active"]!);

        await sandbox.MutateAsync(new { business, action = "renew" });
        await api.ReadAsync("contacts");
    }

    [Fact]
    public async Task Who_has_no_access_to_settings_may_read_lists_and_publish_but_not_read_settings()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync(email: "ravi@sandbox.test");

        foreach (var path in (string[])["financial_settings", "analysis_types", "transactions/0123"])
            Assert.Equal("MultiUserAccessDenied", Assert.Single(await SandboxApi.RefusalAsync(await api.GetAsync(path), 403)).Code);
        foreach (var path in (string[])["contacts", "ledger_accounts", "tax_rates", "bank_accounts", "payment_methods", "currencies"])
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(path)).StatusCode);
        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_by_its_type_is_415()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await SandboxApi.RefusalAsync(await api.Http.PostAsync("contacts", SandboxHost.Form(("name", "New"))), 415);
    }

    [Theory]
    [InlineData("""{"name": "New"}""", "contact is missing")]
    [InlineData("""{"contact": [1]}""", "contact is invalid")]
    [InlineData("""{"contact": """, "The request body is not valid JSON.")]
    [InlineData("""[]""", "contact is missing")]
    public async Task A_body_without_its_wrapper_is_422(string body, string message)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var answer = await api.Http.PostAsync("contacts", new StringContent(body, Encoding.UTF8, "application/json"));

        var error = Assert.Single(await SandboxApi.RefusalAsync(answer, 422));
        Assert.Equal(("Validation", message), (error.Code, error.Message));
    }

    [Fact]
    public async Task Doubled_members_are_refused_and_not_a_crash()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        foreach (var body in (string[])["""{"contact": {}, "contact": {}}""", """{"contact": {"name": "A", "name": "B"}}"""])
            await SandboxApi.RefusalAsync(await api.Http.PostAsync("contacts", new StringContent(body, Encoding.UTF8, "application/json")), 422);
    }

    [Fact]
    public async Task Each_person_sees_their_own_businesses_in_the_odd_envelope()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync(email: "ravi@sandbox.test");

        var list = await api.ReadAsync("businesses");

        Assert.Equal(["$total", "$page", "$next", "$back", "$items_per_page", "$items"], list.Select(member => member.Key));
        Assert.Equal(2147483647, (int)list["$items_per_page"]!);
        Assert.Equal(["Marsh & Daughters Ltd", "Harbour Street Bakery"], list["$items"]!.AsArray().Select(item => (string)item!["displayed_as"]!));
        using var olivia = await sandbox.ApiAsync();
        Assert.Equal(5, (int)(await olivia.ReadAsync("businesses"))["$total"]!);
        using var una = await sandbox.ApiAsync("Blackrock Designs Ltd", "una@sandbox.test");
        Assert.Equal("ACCOUNTING_10", (string)(await una.ReadAsync("businesses/lead"))["subscriptions"]![0]!["id"]!);
        Assert.Equal("Byrne", (string)(await una.ReadAsync("user"))["last_name"]!);
    }

    [Fact]
    public async Task A_business_without_VAT_says_so_in_its_financial_settings()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var trust = await sandbox.ApiAsync("Corner Community Trust");
        using var liffey = await sandbox.ApiAsync("Liffey Trading Ltd");

        Assert.Equal("NOT_REGISTERED", (string)(await trust.ReadAsync("financial_settings"))["tax_scheme"]!["id"]!);
        Assert.Equal("EUR", (string)(await liffey.ReadAsync("financial_settings"))["base_currency"]!["id"]!);
        Assert.Equal(30, (int)(await liffey.ReadAsync("invoice_settings"))["vendor_credit_days"]!);
        Assert.NotNull((await liffey.ReadAsync("business_settings"))["default_ledger_accounts"]!["purchase_ledger_account"]!["id"]);
    }
}
