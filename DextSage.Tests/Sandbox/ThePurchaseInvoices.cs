using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 9: what a purchase invoice becomes, and what is refused.</summary>
public sealed class ThePurchaseInvoices
{
    [Fact]
    public async Task A_bill_is_created_unpaid_with_its_amounts_as_strings()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));

        Assert.Equal(("100.0", "20.0", "120.0"), ((string)bill["net_amount"]!, (string)bill["tax_amount"]!, (string)bill["total_amount"]!));
        Assert.Equal("120.0", (string?)bill["outstanding_amount"]);
        Assert.Equal("INV-1001", (string?)bill["displayed_as"]);
        Assert.Equal("UNPAID", (string?)bill["status"]!["id"]);
        Assert.Equal("PURCHASE_INVOICE", (string?)bill["transaction_type"]!["id"]);
        var line = bill["invoice_lines"]![0]!;
        Assert.Equal(("Paper", "1.0", "20.0"), ((string)line["displayed_as"]!, (string)line["quantity"]!, (string)line["tax_breakdown"]![0]!["percentage"]!));
        Assert.False(line.AsObject().ContainsKey("analysis_type_categories"));
        Assert.Matches("^[0-9a-f]{32}$", (string)bill["id"]!);
        Assert.Equal(bill.ToJsonString(), (await api.ReadAsync("purchase_invoices/" + (string)bill["id"]!)).ToJsonString());
    }

    [Fact]
    public async Task Its_transaction_can_be_followed_back_to_it()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));

        var transaction = await api.ReadAsync("transactions/" + (string)bill["transaction"]!["id"]!);

        Assert.Equal((string)bill["id"]!, (string?)transaction["origin"]!["id"]);
        Assert.Equal("120.0", (string?)transaction["total"]);
        Assert.Equal("0", (string?)transaction["number_of_attachments"]);
    }

    [Fact]
    public async Task Tax_is_taken_as_the_document_shows_it_and_prices_are_rounded_first()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync(tax: "19.97");
        var line = bill["invoice_lines"]![0]!;
        line["quantity"] = 4;
        line["unit_price"] = 250.0225;

        var created = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));

        Assert.Equal(("1000.08", "19.97", "1020.05"), ((string)created["net_amount"]!, (string)created["tax_amount"]!, (string)created["total_amount"]!));
    }

    [Theory]
    [InlineData("contact_id")]
    [InlineData("date")]
    [InlineData("due_date")]
    [InlineData("invoice_lines")]
    public async Task A_header_field_that_is_missing_is_named(string field)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();
        bill.Remove(field);

        await RefusedAsync(api, bill, "RecordInvalid", "This field is required.", field);
    }

    [Theory]
    [InlineData("description")]
    [InlineData("ledger_account_id")]
    [InlineData("quantity")]
    [InlineData("unit_price")]
    [InlineData("tax_rate_id")]
    public async Task A_line_field_that_is_missing_is_named(string field)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();
        bill["invoice_lines"]![0]!.AsObject().Remove(field);

        await RefusedAsync(api, bill, "RecordInvalid", "This field is required.", "line_items." + field);
    }

    [Fact]
    public async Task A_tax_rate_above_zero_needs_its_tax_amount_and_a_zero_rate_implies_it()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await RefusedAsync(api, await api.BillAsync(tax: null), "RecordInvalid", "This field is required.", "line_items.currency_tax_amount");
        foreach (var rate in (string[])["GB_ZERO", "GB_EXEMPT", "GB_NO_TAX"])
        {
            var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync(rate: rate, tax: null)));
            Assert.Equal("0.0", (string?)bill["invoice_lines"]![0]!["tax_amount"]);
        }
    }

    [Fact]
    public async Task A_customer_and_an_unknown_contact_are_no_supplier()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();

        foreach (var id in (string[])[(string)(await api.FindAsync("contacts?contact_type_id=CUSTOMER"))["id"]!, "unknown"])
        {
            bill["contact_id"] = id;
            await RefusedAsync(api, bill, "RecordInvalid", "Couldn't find Supplier.", "");
        }
    }

    [Theory]
    [InlineData("Sales - Products (4000)")]
    [InlineData("Trade Creditors (2100)")]
    public async Task An_account_that_is_not_visible_in_expenses_is_not_found(string account)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();
        bill["invoice_lines"]![0]!["ledger_account_id"] = await api.IdAsync("ledger_accounts", account);

        await RefusedAsync(api, bill, "RecordNotFound", "Couldn't find record.", "");
    }

    [Fact]
    public async Task An_unknown_tax_rate_is_not_found()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await RefusedAsync(api, await api.BillAsync(rate: "IE_STANDARD"), "RecordNotFound", "Couldn't find record.", "");
    }

    [Fact]
    public async Task A_business_without_VAT_takes_no_tax_and_reads_back_null()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Corner Community Trust");

        await RefusedAsync(api, await api.BillAsync(), "RecordInvalid", "You cannot add tax, your business is not registered for tax", "line_items.tax_rate_id");
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync(rate: null, tax: null)));
        Assert.Equal("100.0", (string?)bill["total_amount"]);
        Assert.Null(bill["tax_amount"]);
        Assert.Null(bill["invoice_lines"]![0]!["tax_amount"]);
    }

    [Theory]
    [InlineData("reference", 25)]
    [InlineData("vendor_reference", 31)]
    [InlineData("notes", 2000)]
    public async Task Texts_end_at_their_limit(string field, int most)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();

        bill[field] = new string('x', most);
        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));
        bill[field] = new string('x', most + 1);
        await RefusedAsync(api, bill, "RecordInvalid", $"is too long (maximum is {most} characters)", field);
    }

    [Theory]
    [InlineData("date", "\"01/11/2026\"", "purchase_invoice[date]")]
    [InlineData("contact_id", "7", "purchase_invoice[contact_id]")]
    [InlineData("invoice_lines", "{\"0\": {}}", "purchase_invoice[invoice_lines]")]
    [InlineData("reference", "\"\\ud800\"", "")]
    public async Task A_wrong_shape_is_a_Validation_error(string field, string json, string source)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();
        bill[field] = "@";
        var body = SandboxApi.Wrap(bill).ToJsonString().Replace("\"@\"", json, StringComparison.Ordinal);

        var answer = await api.Http.PostAsync("purchase_invoices", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Contains(await SandboxApi.RefusalAsync(answer, 422), error => error.Code == "Validation" && error.Source == source);
    }

    [Fact]
    public async Task A_wrong_shape_inside_a_line_is_named_by_its_number_and_figures_have_an_end()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();

        bill["invoice_lines"]![0]!["description"] = new JsonArray("Paper");
        await RefusedAsync(api, bill, "Validation", "purchase_invoice[invoice_lines][0][description] is invalid", "purchase_invoice[invoice_lines][0][description]");
        bill["invoice_lines"]![0]!["description"] = "Paper";
        bill["invoice_lines"]![0]!["quantity"] = new string('9', 300);
        await RefusedAsync(api, bill, "Validation", "purchase_invoice[invoice_lines][0][quantity] is invalid", "purchase_invoice[invoice_lines][0][quantity]");
    }

    [Fact]
    public async Task Several_faults_are_told_together()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync(tax: null);
        bill.Remove("due_date");

        Assert.Equal(2, (await SandboxApi.RefusalAsync(await api.PostAsync("purchase_invoices", SandboxApi.Wrap(bill)), 422)).Count);
    }

    [Fact]
    public async Task A_date_before_the_books_begin_is_refused()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();

        bill["date"] = "2020-01-01";
        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));
        bill["date"] = "2019-12-31";
        await RefusedAsync(api, bill, "RecordInvalid", "The date cannot be before your accounts start date.", "date");
    }

    [Fact]
    public async Task Analysis_needs_an_active_area_one_category_per_type_and_at_most_three()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var categories = (await api.ReadAsync("analysis_type_categories?items_per_page=50"))["$items"]!.AsArray().ToDictionary(item => (string)item!["displayed_as"]!, item => (string)item!["id"]!);
        var bill = await api.BillAsync();
        var line = bill["invoice_lines"]![0]!;

        line["analysis_type_categories"] = Ids("Department 1", "Cost Centre 2");
        var created = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));
        var shown = await api.ReadAsync($"purchase_invoices/{(string)created["id"]!}?show_analysis_types=true");
        Assert.Equal(["Department 1", "Cost Centre 2"], shown["invoice_lines"]![0]!["analysis_type_categories"]!.AsArray().Select(one => (string)one!["displayed_as"]!));

        line["analysis_type_categories"] = Ids("Project 1");
        await RefusedAsync(api, bill, "RecordInvalid", "analysis_type_categories are not enabled for Active Area EXPENSES", "line_items.analysis_type_categories");
        line["analysis_type_categories"] = Ids("Department 1", "Department 2");
        await RefusedAsync(api, bill, "RecordInvalid", "A line can have one category of each analysis type.", "line_items.analysis_type_categories");
        line["analysis_type_categories"] = Ids("Department 1", "Department 2", "Cost Centre 1", "Cost Centre 2");
        await RefusedAsync(api, bill, "RecordInvalid", "A line can have at most three analysis type categories.", "line_items.analysis_type_categories");

        JsonArray Ids(params string[] names) => [.. names.Select(name => new JsonObject { ["id"] = categories[name] })];
    }

    [Fact]
    public async Task The_currency_is_the_contacts_and_base_amounts_follow_the_rate()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync(supplier: "Atelier Lumière SARL");
        bill["exchange_rate"] = "0.85";

        var created = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));
        Assert.Equal(("EUR", "120.0", "102.0"), ((string)created["currency"]!["id"]!, (string)created["total_amount"]!, (string)created["base_currency_total_amount"]!));

        bill["currency_id"] = "GBP";
        await RefusedAsync(api, bill, "RecordInvalid", "must be the currency of the contact", "currency_id");
    }

    [Fact]
    public async Task The_list_filters_by_contact_date_search_status_and_attachments()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var first = await api.BillAsync();
        var second = await api.BillAsync("Pelican Couriers Ltd");
        (second["date"], second["reference"], second["vendor_reference"]) = ("2026-11-05", "PC-7", "VR-7");
        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(first));
        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(second));

        Assert.Equal(["INV-1001", "PC-7"], await ListAsync(api, "sort=date"));
        Assert.Equal(["PC-7", "INV-1001"], await ListAsync(api, "sort=date:desc"));
        Assert.Equal(["PC-7"], await ListAsync(api, "contact_id=" + (string)second["contact_id"]!));
        Assert.Equal(["INV-1001"], await ListAsync(api, "from_date=2026-11-01&to_date=2026-11-04"));
        Assert.Equal(["PC-7"], await ListAsync(api, "search=pc-7"));
        Assert.Equal(["PC-7"], await ListAsync(api, "search=pelican"));
        Assert.Empty(await ListAsync(api, "search=VR-7"));
        Assert.Equal(2, (await ListAsync(api, "status_id=UNPAID")).Count);
        Assert.Empty(await ListAsync(api, "status_id=PAID"));
        Assert.Empty(await ListAsync(api, "has_attachments=true"));
        Assert.Equal(2, (await ListAsync(api, "has_attachments=false")).Count);
        await SandboxApi.RefusalAsync(await api.GetAsync("purchase_invoices?sort=total_amount"), 422);
    }

    [Fact]
    public async Task Duplicates_are_accepted_and_a_status_is_not_writable()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.BillAsync();
        bill["status_id"] = "PAID";

        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));
        var again = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));

        Assert.Equal("UNPAID", (string?)again["status"]!["id"]);
        Assert.Equal(2, (await ListAsync(api, "")).Count);
    }

    [Fact]
    public async Task A_change_lays_itself_over_what_is_there_and_meets_lines_by_their_id()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var path = "purchase_invoices/" + (string)bill["id"]!;
        var added = (await api.BillAsync())["invoice_lines"]![0]!.DeepClone().AsObject();
        sandbox.Time.Advance(TimeSpan.FromMinutes(1));

        var changed = await SandboxApi.ObjectAsync(await api.PutAsync(path, SandboxApi.Wrap(new JsonObject
        {
            ["notes"] = "Changed",
            ["status_id"] = "PAID",
            ["invoice_lines"] = new JsonArray(new JsonObject { ["id"] = (string)bill["invoice_lines"]![0]!["id"]!, ["unit_price"] = "50.00", ["tax_amount"] = "10.00" }, added),
        })), HttpStatusCode.OK);

        Assert.Equal(("Changed", "180.0", "UNPAID", "INV-1001"), ((string)changed["notes"]!, (string)changed["total_amount"]!, (string)changed["status"]!["id"]!, (string)changed["reference"]!));
        Assert.Equal((string)bill["created_at"]!, (string?)changed["created_at"]);
        Assert.Equal("2026-11-22T12:01:00Z", (string?)changed["updated_at"]);
        Assert.Equal((string)bill["invoice_lines"]![0]!["id"]!, (string?)changed["invoice_lines"]![0]!["id"]);
        await SandboxApi.RefusalAsync(await api.PutAsync(path, SandboxApi.Wrap(new JsonObject { ["reference"] = new string('x', 26) })), 422);
        await SandboxApi.RefusalAsync(await api.PutAsync("purchase_invoices/unknown", SandboxApi.Wrap([])), 404);
    }

    [Fact]
    public async Task Deleting_voids_and_shows_under_deleted_since()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var path = "purchase_invoices/" + (string)bill["id"]!;

        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync(path)).StatusCode);

        Assert.Empty(await ListAsync(api, ""));
        Assert.Equal(["INV-1001"], await ListAsync(api, "deleted_since=2026-11-01"));
        var gone = await api.ReadAsync(path);
        Assert.Equal(("VOID", "2026-11-22T12:00:00Z"), ((string)gone["status"]!["id"]!, (string)gone["deleted_at"]!));
        Assert.True((bool)(await api.ReadAsync("transactions/" + (string)bill["transaction"]!["id"]!))["deleted"]!);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(path), 404);
        await SandboxApi.RefusalAsync(await api.PutAsync(path, SandboxApi.Wrap(new JsonObject { ["notes"] = "x" })), 422);
    }

    [Fact]
    public async Task Payments_move_the_status_and_stand_in_the_way_of_deleting()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var (id, business) = ((string)bill["id"]!, SandboxHost.BusinessId("Marsh & Daughters Ltd"));

        await sandbox.MutateAsync(new { business, action = "pay", id, amount = 20m });
        var part = await api.ReadAsync("purchase_invoices/" + id);
        Assert.Equal(("PART_PAID", "20.0", "100.0"), ((string)part["status"]!["id"]!, (string)part["total_paid"]!, (string)part["outstanding_amount"]!));
        await SandboxApi.RefusalAsync(await api.DeleteAsync("purchase_invoices/" + id), 422);

        await sandbox.MutateAsync(new { business, action = "pay", id });
        Assert.Equal("PAID", (string?)(await api.ReadAsync("purchase_invoices/" + id))["status"]!["id"]);
        Assert.Equal(["INV-1001"], await ListAsync(api, "status_id=PAID"));
    }

    [Fact]
    public async Task One_businesss_bills_contacts_and_accounts_are_not_anothers()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var marsh = await sandbox.ApiAsync();
        using var bakery = await sandbox.ApiAsync("Harbour Street Bakery");
        var bill = await marsh.BillAsync();
        var created = await marsh.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));

        await SandboxApi.RefusalAsync(await bakery.GetAsync("purchase_invoices/" + (string)created["id"]!), 404);
        var errors = await SandboxApi.RefusalAsync(await bakery.PostAsync("purchase_invoices", SandboxApi.Wrap(bill)), 422);
        Assert.Equal(["Couldn't find Supplier.", "Couldn't find record."], errors.Select(error => error.Message));
    }

    private static async Task RefusedAsync(SandboxApi api, JsonObject bill, string code, string message, string source) =>
        Assert.Equal((code, message, source), Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("purchase_invoices", SandboxApi.Wrap(bill)), 422)));

    private static async Task<IReadOnlyList<string>> ListAsync(SandboxApi api, string query) =>
        [.. (await api.ReadAsync("purchase_invoices?" + query))["$items"]!.AsArray().Select(item => (string)item!["displayed_as"]!)];
}
