using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 4 and 8: envelope, attributes, filters, and what the seed holds.</summary>
public sealed class TheLists
{
    [Fact]
    public async Task A_list_comes_in_the_envelope_with_three_members_each_and_twenty_to_a_page()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var page = await api.ReadAsync("contacts");

        Assert.Equal(["$total", "$page", "$next", "$back", "$itemsPerPage", "$items"], page.Select(member => member.Key));
        Assert.Equal(20, (int)page["$itemsPerPage"]!);
        Assert.Equal(20, page["$items"]!.AsArray().Count);
        Assert.Equal("/contacts?page=2&items_per_page=20", (string?)page["$next"]);
        Assert.Null(page["$back"]);
        Assert.All(page["$items"]!.AsArray(), item => Assert.Equal(["id", "displayed_as", "$path"], item!.AsObject().Select(member => member.Key)));
    }

    [Fact]
    public async Task A_page_beyond_the_last_is_the_last_page_again()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var last = await api.ReadAsync("ledger_accounts?page=4&items_per_page=20");
        var beyond = await api.ReadAsync("ledger_accounts?page=99&items_per_page=20");

        Assert.Equal(4, (int)beyond["$page"]!);
        Assert.Null(beyond["$next"]);
        Assert.Equal("/ledger_accounts?page=3&items_per_page=20", (string?)beyond["$back"]);
        Assert.Equal(last["$items"]!.ToJsonString(), beyond["$items"]!.ToJsonString());
    }

    [Fact]
    public async Task Pages_follow_on_without_gap_or_repetition_and_echo_the_filter()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var ids = new List<string>();
        string? next = "/contacts?contact_type_id=VENDOR&attributes=name,reference&items_per_page=25";
        var total = 0;

        while (next is not null)
        {
            var page = await api.ReadAsync(next[1..]);
            total = (int)page["$total"]!;
            ids.AddRange(page["$items"]!.AsArray().Select(item => (string)item!["id"]!));
            Assert.All(page["$items"]!.AsArray(), item => Assert.Equal(["id", "displayed_as", "$path", "name", "reference"], item!.AsObject().Select(member => member.Key)));
            next = (string?)page["$next"];
        }

        Assert.Equal(total, ids.Count);
        Assert.Equal(total, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("items_per_page=1000", 200)]
    [InlineData("items_per_page=0", 1)]
    [InlineData("items_per_page=abc", 20)]
    public async Task A_page_size_stays_within_one_and_two_hundred(string query, int size)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        Assert.Equal(size, (int)(await api.ReadAsync("contacts?" + query))["$itemsPerPage"]!);
    }

    [Fact]
    public async Task A_single_record_sends_everything_unless_narrowed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        Assert.True((await api.ReadAsync("tax_rates/GB_STANDARD")).Count > 10);
        Assert.Equal(["id", "displayed_as", "$path", "percentage"], (await api.ReadAsync("tax_rates/GB_STANDARD?attributes=percentage")).Select(member => member.Key));
        Assert.Equal("legacy_id", (await api.ReadAsync("tax_rates/GB_STANDARD?show_legacy_id=true")).First().Key);
    }

    [Fact]
    public async Task Nested_attributes_open_what_a_record_points_to()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var id = await api.IdAsync("ledger_accounts", "Office costs (7500)");

        Assert.False((await api.ReadAsync("ledger_accounts/" + id))["tax_rate"]!.AsObject().ContainsKey("percentage"));
        Assert.Equal("20.0", (string)(await api.ReadAsync($"ledger_accounts/{id}?nested_attributes=all"))["tax_rate"]!["percentage"]!);
    }

    [Fact]
    public async Task Great_Britain_has_its_five_tax_rates_and_percentages_are_strings()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var rates = (await api.ReadAsync("tax_rates?usage=purchase&attributes=all"))["$items"]!.AsArray();

        Assert.Equal(
            [("GB_STANDARD", "Standard 20.00%", "20.0"), ("GB_LOWER", "Lower Rate 5.00%", "5.0"), ("GB_ZERO", "Zero Rated 0.00%", "0.0"), ("GB_EXEMPT", "Exempt 0.00%", "0.0"), ("GB_NO_TAX", "No VAT", "0.0")],
            rates.Select(rate => ((string)rate!["id"]!, (string)rate["displayed_as"]!, (string)rate["percentage"]!)));
        await SandboxApi.RefusalAsync(await api.GetAsync("tax_rates?usage=dancing"), 422);
    }

    [Fact]
    public async Task Ireland_has_its_own_rates_and_no_VAT_means_one_rate()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var liffey = await sandbox.ApiAsync("Liffey Trading Ltd");
        using var trust = await sandbox.ApiAsync("Corner Community Trust");

        Assert.Equal("13.5", (string)(await liffey.ReadAsync("tax_rates/IE_REDUCED"))["percentage"]!);
        Assert.Equal(6, (int)(await liffey.ReadAsync("tax_rates"))["$total"]!);
        Assert.Equal("GB_NO_TAX", (string)Assert.Single((await trust.ReadAsync("tax_rates"))["$items"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Visibility_decides_which_accounts_a_purchase_may_use()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var expenses = await NamesAsync(api, "ledger_accounts?visible_in=expenses&items_per_page=200");
        var sales = await NamesAsync(api, "ledger_accounts?visible_in=sales&items_per_page=200");
        var rest = await NamesAsync(api, "ledger_accounts?not_visible_in=expenses&items_per_page=200");
        var everything = await NamesAsync(api, "ledger_accounts?items_per_page=200");

        Assert.Contains("Cost of sales - goods (5000)", expenses);
        Assert.Contains("Office equipment and IT - Cost (0030)", expenses);
        Assert.DoesNotContain("Trade Creditors (2100)", expenses);
        Assert.DoesNotContain("Current (1200)", expenses);
        Assert.Contains("Sales - Products (4000)", sales);
        Assert.Equal(everything.Count, expenses.Count + rest.Count);
        Assert.InRange(everything.Count, 55, 80);
        await SandboxApi.RefusalAsync(await api.GetAsync("ledger_accounts?visible_in=dreams"), 422);
    }

    [Fact]
    public async Task Contacts_can_be_searched_and_told_apart()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        Assert.Equal(["Fenwick & Rowe Solicitors"], await NamesAsync(api, "contacts?contact_type_id=VENDOR&search=fenwick"));
        Assert.Empty(await NamesAsync(api, "contacts?contact_type_id=CUSTOMER&search=fenwick"));
        Assert.Empty(await NamesAsync(api, "contacts?search=%25%25"));
        Assert.Contains("HMRC Payments (HMRC Pay)", await NamesAsync(api, "contacts?items_per_page=200"));
        Assert.DoesNotContain("HMRC Payments (HMRC Pay)", await NamesAsync(api, "contacts?items_per_page=200&exclude_system=true"));
        Assert.Equal("EUR", (string)(await api.FindAsync("contacts?search=Lumi"))["currency"]!["id"]!);
        Assert.Equal(120, (int)(await api.ReadAsync("contacts?contact_type_id=CUSTOMER"))["$total"]!);
    }

    [Fact]
    public async Task Changes_since_are_inclusive_and_deletions_are_only_seen_when_asked_for()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var business = SandboxHost.BusinessId("Marsh & Daughters Ltd");
        string renamed = await api.IdAsync("contacts", "Pelican Couriers Ltd"), gone = await api.IdAsync("contacts", "Brightwater Energy plc");

        await sandbox.MutateAsync(new { business, action = "rename", id = renamed, name = "Pelican Freight Ltd" });
        await sandbox.MutateAsync(new { business, action = "delete", id = gone });
        await sandbox.MutateAsync(new { business, action = "add", name = "Brand New Supplier" });

        Assert.Equal(["Pelican Freight Ltd", "Brand New Supplier"], await NamesAsync(api, "contacts?updated_or_created_since=2026-11-22T12:00:00Z"));
        Assert.Empty(await NamesAsync(api, "contacts?updated_or_created_since=2026-11-22T12:00:01Z"));
        Assert.Equal(["Brightwater Energy plc"], await NamesAsync(api, "contacts?deleted_since=2026-11-22"));
        Assert.Empty(await NamesAsync(api, "contacts?deleted_since=2026-11-22T12:00:00Z"));
        Assert.Empty(await NamesAsync(api, "contacts?search=Brightwater"));
        await SandboxApi.RefusalAsync(await api.GetAsync("contacts?updated_or_created_since=yesterday"), 422);
    }

    [Fact]
    public async Task Bank_accounts_and_static_lists_are_there()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        Assert.Equal(["Current (1200)", "Cash in Hand (1210)"], await NamesAsync(api, "bank_accounts?filter_inactive_bank_accounts=true"));
        Assert.Equal("CASH_IN_HAND", (string)(await api.FindAsync("bank_accounts", item => (string?)item["displayed_as"] == "Cash in Hand (1210)"))["bank_account_type"]!["id"]!);
        Assert.Equal(["Pound Sterling (GBP)", "Euro (EUR)", "US Dollar (USD)"], await NamesAsync(api, "currencies"));
        Assert.Equal(["Customer", "Supplier"], await NamesAsync(api, "contact_types"));
        Assert.Contains("Electronic", await NamesAsync(api, "payment_methods"));
        Assert.Contains("Void", await NamesAsync(api, "artefact_statuses"));
        Assert.Contains("Purchase Invoice", await NamesAsync(api, "attachment_context_types"));
    }

    [Fact]
    public async Task Six_analysis_types_have_three_categories_each_and_two_are_active_for_expenses()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        var types = (await api.ReadAsync("analysis_types?attributes=all"))["$items"]!.AsArray();

        Assert.Equal(6, types.Count);
        Assert.All(types, type => Assert.Equal(3, type!["analysis_type_categories"]!.AsArray().Count));
        Assert.Equal(["Department", "Cost Centre"], types.Where(type => type!["active_areas"]!.AsArray().Any(area => (string?)area == "EXPENSES")).Select(type => (string)type!["name"]!));
        Assert.Equal("TRANSACTION", (string)types[0]!["analysis_type_level"]!["identifier"]!);
        Assert.Equal(18, (int)(await api.ReadAsync("analysis_type_categories"))["$total"]!);
    }

    [Fact]
    public async Task The_seed_is_the_same_everywhere_and_a_restart_brings_nothing_back()
    {
        var folder = Folders.New("sandbox");
        string id;
        await using (var before = await SandboxHost.StartAsync(folder: folder))
        {
            using var api = await before.ApiAsync();
            id = await api.IdAsync("contacts", "Pelican Couriers Ltd");
            await before.MutateAsync(new { business = SandboxHost.BusinessId("Marsh & Daughters Ltd"), action = "delete", id });
        }
        await using (var after = await SandboxHost.StartAsync(folder: folder))
        {
            using var api = await after.ApiAsync();
            Assert.Empty(await NamesAsync(api, "contacts?search=Pelican"));
        }
        await using var other = await SandboxHost.StartAsync();
        using var elsewhere = await other.ApiAsync();
        Assert.Equal(id, await elsewhere.IdAsync("contacts", "Pelican Couriers Ltd"));
        Assert.Matches("^[0-9a-f]{32}$", id);
        Folders.Delete(folder);
    }

    [Fact]
    public async Task The_large_business_has_as_many_suppliers_as_asked_for()
    {
        await using var sandbox = await SandboxHost.StartAsync(options => options.LargeSuppliers = 1500);
        using var api = await sandbox.ApiAsync();

        // Beside them: the supplier in euros.
        Assert.Equal(1501, (int)(await api.ReadAsync("contacts?contact_type_id=VENDOR&exclude_system=true"))["$total"]!);
    }

    [Fact]
    public async Task Products_and_services_are_two_lists_that_can_be_searched_and_narrowed_to_the_active_ones()
    {
        await using var sandbox = await SandboxHost.StartAsync(options => options.LargeProducts = 30);
        using var api = await sandbox.ApiAsync();

        Assert.Equal(30, (int)(await api.ReadAsync("products"))["$total"]!);
        Assert.Equal(8, (int)(await api.ReadAsync("services"))["$total"]!);
        Assert.Equal(["Oak board, small (P001)"], await NamesAsync(api, "products?search=p001"));
        Assert.Equal(["Delivery (S001)"], await NamesAsync(api, "services?search=deliv"));
        Assert.Equal(7, (int)(await api.ReadAsync("services?active=true"))["$total"]!);
        Assert.Equal(["Training, per day (S005)"], await NamesAsync(api, "services?active=false"));
        var product = await api.FindAsync("products?search=P001");
        Assert.Equal(("Cost of sales - goods (5000)", "PRODUCT"), ((string)product["purchase_ledger_account"]!["displayed_as"]!, (string)product["catalog_item_type"]!["id"]!));
        Assert.StartsWith("/services/", (string)(await api.FindAsync("services?search=S002"))["$path"]!, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(SandboxApi api, string list) =>
        [.. (await api.ReadAsync(list))["$items"]!.AsArray().Select(item => (string)item!["displayed_as"]!)];

    [Theory]
    [InlineData("exchange_rates")]
    [InlineData("live_exchange_rates")]
    public async Task Exchange_rates_say_what_a_unit_is_worth_in_base_currency_and_documents_use_them(string path)
    {
        var spec = DextSage.Tests.Contract.SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var bakery = await sandbox.ApiAsync("Harbour Street Bakery");

        var list = await api.ReadAsync(path + "?attributes=all");
        var euro = await api.ReadAsync(path + "/EUR");

        Assert.Empty(spec.CheckAnswer("GET", "/" + path, 200, list.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("GET", $"/{path}/EUR", 200, euro.ToJsonString()));
        Assert.Equal(2, (int)list["$total"]!);
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync("Atelier Lumière SARL")));
        Assert.Equal((string)euro["rate"]!, (string?)bill["exchange_rate"]);
        Assert.Equal(0, (int)(await bakery.ReadAsync(path))["$total"]!);
    }
}
