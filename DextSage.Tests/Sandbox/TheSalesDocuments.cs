using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 9.4, 10: numbers, drafts and voiding, which only sales have, and what quick entries ask.</summary>
public sealed class TheSalesDocuments
{
    [Theory]
    [InlineData("sales_invoices", "invoice_number", "SI-")]
    [InlineData("sales_credit_notes", "credit_note_number", "SCN-")]
    public async Task Numbers_run_on_and_are_met_twice_by_nobody(string path, string field, string prefix)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var entity = await api.EntityAsync(path);

        Assert.Equal((prefix + "1", prefix + "1"), await CreatedAsync());
        (entity[field + "_prefix"], entity[field]) = (prefix, "2");
        Assert.Equal((prefix + "2", prefix + "2"), await CreatedAsync());
        await TheFamilyOfDocuments.RefusedAsync(api, path, entity, "RecordInvalid", "has already been taken", field);
        entity.Remove(field);
        Assert.Equal((prefix + "3", prefix + "3"), await CreatedAsync());

        async Task<(string, string)> CreatedAsync()
        {
            var created = await api.CreateAsync(path, Family.Wrap(path, entity));
            return ((string)created[field]!, (string)created["displayed_as"]!);
        }
    }

    [Theory]
    [InlineData("sales_invoices", "SI-")]
    [InlineData("sales_credit_notes", "SCN-")]
    public async Task A_draft_is_in_no_ledger_until_it_is_released(string path, string prefix)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var draft = await api.CreateAsync(path, "Amelia Hughes", entity => entity["status_id"] = "DRAFT");
        var one = $"{path}/{(string)draft["id"]!}";

        Assert.Equal((prefix + "DRAFT", "DRAFT", "0.0"), ((string)draft["displayed_as"]!, (string)draft["status"]!["id"]!, (string)draft["outstanding_amount"]!));
        Assert.Null(draft["transaction"]);
        var changed = await SandboxApi.ObjectAsync(await api.PutAsync(one, Family.Wrap(path, new JsonObject { ["reference"] = "REF-2" })), HttpStatusCode.OK);
        Assert.Equal("DRAFT", (string?)changed["status"]!["id"]);

        var released = await SandboxApi.ObjectAsync(await api.PostAsync(one + "/release", []), HttpStatusCode.Created);
        Assert.Equal((prefix + "1", "UNPAID", "120.0", "REF-2"),
            ((string)released["displayed_as"]!, (string)released["status"]!["id"]!, (string)released["outstanding_amount"]!, (string)released["reference"]!));
        Assert.False((bool)(await api.ReadAsync("transactions/" + (string)released["transaction"]!["id"]!))["deleted"]!);
    }

    [Fact]
    public async Task Voiding_needs_a_reason_in_the_query_or_the_body_and_the_number_stays()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var first = "sales_invoices/" + (string)(await api.CreateAsync("sales_invoices", "Amelia Hughes"))["id"]!;
        var second = "sales_invoices/" + (string)(await api.CreateAsync("sales_invoices", "Amelia Hughes"))["id"]!;

        Assert.Equal(("RecordInvalid", "This field is required.", "void_reason"), Assert.Single(await SandboxApi.RefusalAsync(await api.DeleteAsync(first), 422)));
        var gone = await SandboxApi.ObjectAsync(await api.DeleteAsync(first + "?void_reason=By%20accident"), HttpStatusCode.OK);
        Assert.Equal(("VOID", "By accident", "0.0", "SI-1"), ((string)gone["status"]!["id"]!, (string)gone["void_reason"]!, (string)gone["outstanding_amount"]!, (string)gone["displayed_as"]!));
        Assert.False((bool)gone["editable"]!);
        using var request = new HttpRequestMessage(HttpMethod.Delete, second) { Content = SandboxHost.JsonContent(new { void_reason = "Twice" }) };
        Assert.Equal("Twice", (string?)(await SandboxApi.ObjectAsync(await api.Http.SendAsync(request), HttpStatusCode.OK))["void_reason"]);

        Assert.Equal(2, (int)(await api.ReadAsync("sales_invoices?status_id=VOID"))["$total"]!);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(first + "?void_reason=Again"), 422);
        await SandboxApi.RefusalAsync(await api.PutAsync(first, Family.Wrap("sales_invoices", new JsonObject { ["notes"] = "x" })), 422);
    }

    [Fact]
    public async Task A_draft_goes_without_a_reason()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var draft = await api.CreateAsync("sales_invoices", "Amelia Hughes", entity => entity["status_id"] = "DRAFT");

        Assert.Equal(HttpStatusCode.OK, (await api.DeleteAsync("sales_invoices/" + (string)draft["id"]!)).StatusCode);

        Assert.Equal(0, (int)(await api.ReadAsync("sales_invoices"))["$total"]!);
    }

    [Fact]
    public async Task The_day_a_sale_is_due_follows_from_the_credit_days()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var slow = await api.CreateAsync("contacts", new JsonObject { ["contact"] = new JsonObject { ["name"] = "Slow Payers", ["contact_type_ids"] = new JsonArray("CUSTOMER"), ["credit_days"] = 45 } });

        Assert.Equal("2026-12-01", (string?)(await api.CreateAsync("sales_invoices", "Amelia Hughes"))["due_date"]);
        Assert.Equal("2026-12-16", (string?)(await api.CreateAsync("sales_invoices", (string)slow["name"]!))["due_date"]);
        Assert.Equal("2026-11-09", (string?)(await api.CreateAsync("sales_invoices", "Amelia Hughes", entity => entity["due_date"] = "2026-11-09"))["due_date"]);
        Assert.False((await api.CreateAsync("sales_credit_notes", "Amelia Hughes")).ContainsKey("due_date"));
    }

    [Fact]
    public async Task A_line_may_leave_out_its_quantity_and_take_a_discount()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var created = await api.CreateAsync("sales_invoices", "Amelia Hughes", entity =>
        {
            var line = Family.Line("sales_invoices", entity);
            line.Remove("quantity");
            (line["unit_price"], line["discount_amount"], line["tax_amount"]) = ("110.00", "10.00", "9.95");
        });

        var shown = Family.Line("sales_invoices", created);
        Assert.Equal(("1.0", "100.0", "109.95", "9.09"), ((string)shown["quantity"]!, (string)shown["net_amount"]!, (string)shown["total_amount"]!, (string)shown["discount_percentage"]!));
        Assert.Equal("10.0", (string?)created["total_discount_amount"]);
    }

    [Theory]
    [InlineData("purchase_quick_entries")]
    [InlineData("sales_quick_entries")]
    public async Task A_quick_entry_needs_its_type_and_reference_and_amounts_that_agree(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        foreach (var field in (string[])["quick_entry_type_id", "reference", "ledger_account_id", "date", "contact_id"])
        {
            var lacking = await api.EntityAsync(path);
            lacking.Remove(field);
            await TheFamilyOfDocuments.RefusedAsync(api, path, lacking, "RecordInvalid", "This field is required.", field);
        }
        var entity = await api.EntityAsync(path);
        entity["total_amount"] = "121.00";
        await TheFamilyOfDocuments.RefusedAsync(api, path, entity, "RecordInvalid", "The net and tax amounts do not add up to the total.", "total_amount");
        entity.Remove("net_amount");
        Assert.Equal("101.0", (string?)(await api.CreateAsync(path, Family.Wrap(path, entity)))["net_amount"]);
        entity["quick_entry_type_id"] = "CREDIT_NOTE";
        Assert.EndsWith("_QUICK_ENTRY_CREDIT_NOTE", (string)(await api.CreateAsync(path, Family.Wrap(path, entity)))["transaction_type"]!["id"]!, StringComparison.Ordinal);
        entity["quick_entry_type_id"] = "DREAM";
        await TheFamilyOfDocuments.RefusedAsync(api, path, entity, "RecordNotFound", "Couldn't find record.", "");
    }

    [Fact]
    public async Task A_quick_entry_takes_no_foreign_currency()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await TheFamilyOfDocuments.RefusedAsync(api, "purchase_quick_entries", await api.EntityAsync("purchase_quick_entries", "Atelier Lumière SARL"),
            "RecordInvalid", "Quick entries do not support foreign currency.", "currency_id");
    }
}
