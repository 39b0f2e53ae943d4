using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 8.4: creating contacts.</summary>
public sealed class TheContacts
{
    [Fact]
    public async Task A_name_and_a_type_make_a_supplier()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var contact = await api.CreateAsync("contacts", Contact("""{"name": "Acme Supplies", "contact_type_ids": ["VENDOR"]}"""));

        Assert.Equal("Acme Supplies", (string?)contact["displayed_as"]);
        Assert.Equal("Supplier", (string?)contact["contact_types"]![0]!["displayed_as"]);
        Assert.Equal("GBP", (string?)contact["currency"]!["id"]);
        Assert.Equal("2026-11-22T12:00:00Z", (string?)contact["created_at"]);
        Assert.Equal(contact.ToJsonString(), (await api.ReadAsync("contacts/" + (string)contact["id"]!)).ToJsonString());
    }

    [Fact]
    public async Task A_full_contact_reads_back_as_sent()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var account = await api.IdAsync("ledger_accounts", "Office costs (7500)");

        var contact = await api.CreateAsync("contacts", Contact($$$"""
            {"name": "Acme", "contact_type_ids": ["VENDOR"], "reference": "ACME1", "currency_id": "EUR", "credit_days": 14, "tax_number": "GB123456789", "source_guid": "ours",
             "default_purchase_ledger_account_id": "{{{account}}}", "main_address": {"address_line_1": "1 Road", "city": "Bath", "postal_code": "BA1 1AA", "country_id": "GB"},
             "main_contact_person": {"name": "Jo", "email": "jo@acme.test"}}
            """));

        Assert.Equal("Acme (ACME1)", (string?)contact["displayed_as"]);
        Assert.Equal("EUR", (string?)contact["currency"]!["id"]);
        Assert.Equal(account, (string?)contact["default_purchase_ledger_account"]!["id"]);
        Assert.Equal("jo@acme.test", (string?)contact["email"]);
        Assert.Equal("1 Road\nBath\nBA1 1AA", (string?)contact["main_address"]!["displayed_as"]);
        Assert.Equal(14, (int)contact["credit_days"]!);
    }

    [Theory]
    [InlineData("""{"contact_type_ids": ["VENDOR"]}""", "RecordInvalid", "name")]
    [InlineData("""{"name": "A"}""", "RecordInvalid", "contact_type_ids")]
    [InlineData("""{"name": "A", "contact_type_ids": ["VENDOR", "CUSTOMER"]}""", "Validation", "contact[contact_type_ids]")]
    [InlineData("""{"name": "A", "contact_type_ids": ["FRIEND"]}""", "Validation", "contact[contact_type_ids]")]
    [InlineData("""{"name": ["A"], "contact_type_ids": ["VENDOR"]}""", "Validation", "contact[name]")]
    [InlineData("""{"name": "A", "contact_type_ids": ["VENDOR"], "reference": "LONGERTHANTEN"}""", "RecordInvalid", "reference")]
    [InlineData("""{"name": "A", "contact_type_ids": ["VENDOR"], "currency_id": "XXX"}""", "RecordNotFound", "")]
    [InlineData("""{"name": "A", "contact_type_ids": ["VENDOR"], "credit_days": 400}""", "RecordInvalid", "credit_days")]
    [InlineData("""{"name": "A", "contact_type_ids": ["VENDOR"], "tax_number": "??"}""", "RecordInvalid", "tax_number")]
    [InlineData("""{"name": "A", "contact_type_ids": ["CUSTOMER"], "default_purchase_ledger_account_id": "x"}""", "RecordInvalid", "default_purchase_ledger_account_id")]
    [InlineData("""{"name": "A", "contact_type_ids": ["VENDOR"], "main_address": {"postal_code": "12345678901"}}""", "RecordInvalid", "main_address.postal_code")]
    public async Task A_contact_that_Sage_would_refuse_is_refused(string contact, string code, string source)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var error = Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("contacts", Contact(contact)), 422));

        Assert.Equal((code, source), (error.Code, error.Source));
    }

    [Fact]
    public async Task A_name_may_repeat_but_a_reference_may_not_and_a_name_has_a_hundred_characters()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var contact = """{"name": "Twin", "contact_type_ids": ["VENDOR"], "reference": "TWIN"}""";
        await api.CreateAsync("contacts", Contact(contact));

        Assert.Equal("reference", Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("contacts", Contact(contact)), 422)).Source);
        await api.CreateAsync("contacts", Contact("""{"name": "Twin", "contact_type_ids": ["VENDOR"]}"""));
        await api.CreateAsync("contacts", Contact($$"""{"name": "{{new string('x', 100)}}", "contact_type_ids": ["VENDOR"]}"""));
        await SandboxApi.RefusalAsync(await api.PostAsync("contacts", Contact($$"""{"name": "{{new string('x', 101)}}", "contact_type_ids": ["VENDOR"]}""")), 422);
    }

    [Fact]
    public async Task Start_may_create_contacts()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Tidewater Crafts");

        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("contacts", Contact("""{"name": "A", "contact_type_ids": ["VENDOR"]}"""))).StatusCode);
    }

    private static JsonObject Contact(string json) => new() { ["contact"] = JsonNode.Parse(json) };
}
