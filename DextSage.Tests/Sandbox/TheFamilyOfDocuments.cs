using System.Net;
using System.Text.Json.Nodes;
using DextSage.Tests.Contract;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 9, 10: what invoices, credit notes and quick entries of both sides have in common, and where they part.</summary>
public sealed class TheFamilyOfDocuments
{
    public static TheoryData<string> All => [.. Family.All];
    public static TheoryData<string> WithLines => [.. Family.WithLines];

    [Theory, MemberData(nameof(All))]
    public async Task Each_is_created_unpaid_reads_back_the_same_and_has_a_transaction(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var created = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));

        Assert.Equal(("100.0", "20.0", "120.0", "120.0"), ((string)created["net_amount"]!, (string)created["tax_amount"]!, (string)created["total_amount"]!, (string)created["outstanding_amount"]!));
        Assert.Equal(("UNPAID", "REF-1"), ((string)created["status"]!["id"]!, (string)created["reference"]!));
        Assert.Equal(created.ToJsonString(), (await api.ReadAsync($"{path}/{(string)created["id"]!}")).ToJsonString());
        Assert.Equal([(string)created["displayed_as"]!], await ListAsync(api, path, ""));
        var transaction = await api.ReadAsync("transactions/" + (string)created["transaction"]!["id"]!);
        Assert.Equal((string)created["$path"]!, (string?)transaction["origin"]!["$path"]);
        Assert.Equal("120.0", (string?)transaction["total"]);
        var typeName = (await api.ReadAsync("transaction_types/" + (string)created["transaction_type"]!["id"]!))["displayed_as"];
        Assert.Equal((string)typeName!, (string?)created["transaction_type"]!["displayed_as"]);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Each_is_asked_for_and_answered_as_Sage_describes(string path)
    {
        var spec = SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var request = Family.Wrap(path, await api.EntityAsync(path));

        var created = await api.CreateAsync(path, request);
        var one = $"{path}/{(string)created["id"]!}?show_payments_allocations=true&show_analysis_types=true";
        var list = await api.ReadAsync(path + "?attributes=all");

        Assert.Empty(spec.CheckRequest("POST", "/" + path, "", request.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("POST", "/" + path, 201, created.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("GET", one.Split('?')[0].Insert(0, "/"), 200, (await api.ReadAsync(one)).ToJsonString()));
        Assert.Empty(spec.CheckAnswer("GET", "/" + path, 200, list.ToJsonString()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_contact_of_the_other_side_is_refused_in_the_side_s_own_words(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var entity = await api.EntityAsync(path);

        entity["contact_id"] = (string)(await api.FindAsync("contacts?contact_type_id=" + (Family.IsSale(path) ? "VENDOR" : "CUSTOMER")))["id"]!;

        await RefusedAsync(api, path, entity, "RecordInvalid", Family.IsSale(path) ? "Couldn't find Customer." : "Couldn't find Supplier.", "");
    }

    [Theory, MemberData(nameof(All))]
    public async Task An_account_of_the_other_side_is_not_found(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var entity = await api.EntityAsync(path);

        Family.Line(path, entity)["ledger_account_id"] = await api.IdAsync("ledger_accounts", Family.IsSale(path) ? "Office costs (7500)" : "Sales - Services (4010)");

        await RefusedAsync(api, path, entity, "RecordNotFound", "Couldn't find record.", "");
    }

    [Theory]
    [InlineData("purchase_credit_notes", "reference", 25)]
    [InlineData("purchase_credit_notes", "vendor_reference", 31)]
    [InlineData("sales_invoices", "notes", 2000)]
    [InlineData("sales_credit_notes", "reference", 25)]
    [InlineData("purchase_quick_entries", "reference", 25)]
    [InlineData("sales_quick_entries", "details", 255)]
    public async Task Texts_end_at_their_limit(string path, string field, int most)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var entity = await api.EntityAsync(path);

        entity[field] = new string('x', most);
        Assert.Equal(new string('x', most), (string?)(await api.CreateAsync(path, Family.Wrap(path, entity)))[field]);
        entity[field] = new string('x', most + 1);
        await RefusedAsync(api, path, entity, "RecordInvalid", $"is too long (maximum is {most} characters)", field);
    }

    [Theory]
    [InlineData("Tidewater Crafts", "sales_invoices")]
    [InlineData("Harbour Street Bakery", "sales_invoices", "purchase_invoices", "purchase_quick_entries", "sales_quick_entries")]
    [InlineData("Marsh & Daughters Ltd", "sales_invoices", "purchase_invoices", "purchase_quick_entries", "sales_quick_entries", "purchase_credit_notes", "sales_credit_notes")]
    public async Task A_plan_takes_its_own_documents_and_says_of_the_others_that_there_is_no_subscription(string business, params string[] taken)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync(business);

        foreach (var path in Family.All)
        {
            var answer = await api.PostAsync(path, Family.Wrap(path, await api.EntityAsync(path)));
            if (taken.Contains(path)) Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            else Assert.Equal(("AuthorizationFailure", "No active subscription. (MSE)", ""), Assert.Single(await SandboxApi.RefusalAsync(answer, 401)));
            // Every plan may read.
            await api.ReadAsync(path);
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_business_without_VAT_takes_gross_amounts_and_no_rate(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Corner Community Trust");

        var refused = await SandboxApi.RefusalAsync(await api.PostAsync(path, Family.Wrap(path, await api.EntityAsync(path))), 422);
        Assert.Equal("You cannot add tax, your business is not registered for tax", Assert.Single(refused).Message);
        var created = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path, taxed: false)));
        Assert.Equal("100.0", (string?)created["total_amount"]);
        Assert.Null(created["tax_amount"]);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Analysis_needs_the_side_s_area(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var entity = await api.EntityAsync(path);
        var line = Family.Line(path, entity);

        line["analysis_type_categories"] = new JsonArray(new JsonObject { ["id"] = await api.IdAsync("analysis_type_categories", "Department 2") });
        var created = await api.CreateAsync(path, Family.Wrap(path, entity));
        Assert.False(Family.Line(path, created).ContainsKey("analysis_type_categories"));
        var shown = await api.ReadAsync($"{path}/{(string)created["id"]!}?show_analysis_types=true");
        Assert.Equal("Department 2", (string?)Family.Line(path, shown)["analysis_type_categories"]![0]!["displayed_as"]);

        line["analysis_type_categories"] = new JsonArray(new JsonObject { ["id"] = await api.IdAsync("analysis_type_categories", "Project 1") });
        var errors = await SandboxApi.RefusalAsync(await api.PostAsync(path, Family.Wrap(path, entity)), 422);
        Assert.Equal($"analysis_type_categories are not enabled for Active Area {(Family.IsSale(path) ? "SALES" : "EXPENSES")}", Assert.Single(errors).Message);
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_list_filters_by_contact_date_search_and_status(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var other = Family.IsSale(path) ? "Benjamin Patel" : "Pelican Couriers Ltd";
        await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));
        var second = await api.CreateAsync(path, other, entity => (entity["date"], entity["reference"]) = ("2026-11-05", "PC_7"));

        var first = (await ListAsync(api, path, "to_date=2026-11-04")).Single();
        var shown = (string)second["displayed_as"]!;
        Assert.Equal([first, shown], await ListAsync(api, path, "sort=date"));
        Assert.Equal([shown, first], await ListAsync(api, path, "sort=date:desc"));
        Assert.Equal([shown], await ListAsync(api, path, "contact_id=" + (string)second["contact"]!["id"]!));
        Assert.Equal([shown], await ListAsync(api, path, "from_date=2026-11-05&to_date=2026-11-05"));
        Assert.Equal([shown], await ListAsync(api, path, "search=c_7"));
        Assert.Equal([shown], await ListAsync(api, path, "search=" + Uri.EscapeDataString(other[2..8])));
        Assert.Equal(2, (await ListAsync(api, path, "status_id=UNPAID&updated_or_created_since=2026-11-22")).Count);
        Assert.Empty(await ListAsync(api, path, "has_attachments=true"));
        await SandboxApi.RefusalAsync(await api.GetAsync(path + "?sort=" + (path.EndsWith("invoices", StringComparison.Ordinal) ? "total_amount" : "due_date")), 422);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_change_keeps_what_it_does_not_mention(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));
        var one = $"{path}/{(string)created["id"]!}";
        sandbox.Time.Advance(TimeSpan.FromMinutes(1));

        var change = new JsonObject { ["reference"] = "REF-2" };
        if (Family.Lines(path) is { } lines) change[lines] = new JsonArray(new JsonObject { ["id"] = (string)created[lines]![0]!["id"]!, ["unit_price"] = "50.00", ["tax_amount"] = "10.00" });
        else (change["net_amount"], change["tax_amount"]) = ("50.00", "10.00");
        var changed = await SandboxApi.ObjectAsync(await api.PutAsync(one, Family.Wrap(path, change)), HttpStatusCode.OK);

        Assert.Equal(("REF-2", "60.0", "60.0", "UNPAID"), ((string)changed["reference"]!, (string)changed["total_amount"]!, (string)changed["outstanding_amount"]!, (string)changed["status"]!["id"]!));
        Assert.Equal(((string)created["created_at"]!, "2026-11-22T12:01:00Z"), ((string)changed["created_at"]!, (string)changed["updated_at"]!));
        Assert.Equal("Work", (string?)Family.Line(path, changed)[Family.Lines(path) is null ? "details" : "description"]);
        Assert.Equal("60.0", (string?)(await api.ReadAsync("transactions/" + (string)changed["transaction"]!["id"]!))["total"]);
        if (Family.IsSale(path)) Assert.Equal((string)created["displayed_as"]!, path == "sales_quick_entries" ? "REF-1" : (string?)changed["displayed_as"]);
    }

    [Theory]
    [InlineData("purchase_credit_notes")]
    [InlineData("purchase_quick_entries")]
    [InlineData("sales_quick_entries")]
    public async Task What_has_no_number_of_Sage_s_goes_when_it_is_deleted_and_shows_under_deleted_since(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));
        var one = $"{path}/{(string)created["id"]!}";

        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync(one)).StatusCode);

        Assert.Empty(await ListAsync(api, path, ""));
        Assert.Equal(["REF-1"], await ListAsync(api, path, "deleted_since=2026-11-01"));
        Assert.Equal("VOID", (string?)(await api.ReadAsync(one))["status"]!["id"]);
        Assert.True((bool)(await api.ReadAsync("transactions/" + (string)created["transaction"]!["id"]!))["deleted"]!);
        await SandboxApi.RefusalAsync(await api.PutAsync(one, Family.Wrap(path, new JsonObject { ["reference"] = "x" })), 422);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(one), 404);
    }

    [Theory]
    [InlineData("purchase_credit_notes", "EUR", "102.0")]
    [InlineData("sales_invoices", "GBP", "120.0")]
    public async Task Base_amounts_follow_the_rate_of_the_contact_s_currency(string path, string currency, string total)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var contact = currency == "EUR" ? "Atelier Lumière SARL" : "Amelia Hughes";

        var created = await api.CreateAsync(path, contact, entity => entity["exchange_rate"] = "0.85");

        Assert.Equal((currency, "120.0", total), ((string)created["currency"]!["id"]!, (string)created["total_amount"]!, (string)created["base_currency_total_amount"]!));
    }

    [Theory, MemberData(nameof(WithLines))]
    public async Task A_document_that_is_no_draft_cannot_be_released(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));

        await SandboxApi.RefusalAsync(await api.PostAsync($"{path}/{(string)created["id"]!}/release", []), 422);
        await SandboxApi.RefusalAsync(await api.PostAsync($"{path}/unknown/release", []), 404);
    }

    internal static async Task RefusedAsync(SandboxApi api, string path, JsonObject entity, string code, string message, string source) =>
        Assert.Equal((code, message, source), Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync(path, Family.Wrap(path, entity)), 422)));

    private static async Task<IReadOnlyList<string>> ListAsync(SandboxApi api, string path, string query) =>
        [.. (await api.ReadAsync($"{path}?{query}"))["$items"]!.AsArray().Select(item => (string)item!["displayed_as"]!)];
}
