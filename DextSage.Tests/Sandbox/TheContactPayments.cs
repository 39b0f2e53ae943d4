using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using DextSage.Tests.Contract;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 11.1: what a payment does to documents and to the bank, and how it is given back.</summary>
public sealed class TheContactPayments
{
    [Theory]
    [InlineData("purchase_invoices", "VENDOR_PAYMENT", "-120.0")]
    [InlineData("purchase_quick_entries", "VENDOR_PAYMENT", "-120.0")]
    [InlineData("purchase_credit_notes", "VENDOR_REFUND", "120.0")]
    [InlineData("sales_invoices", "CUSTOMER_RECEIPT", "120.0")]
    [InlineData("sales_quick_entries", "CUSTOMER_RECEIPT", "120.0")]
    [InlineData("sales_credit_notes", "CUSTOMER_REFUND", "-120.0")]
    public async Task A_document_is_paid_in_parts_and_gets_it_all_back(string path, string type, string balance)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var document = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));

        var first = await api.PayAsync(type, 20, (document, 20));
        Assert.Equal(("PART_PAID", "100.0"), await api.StandingAsync(document));
        var second = await api.PayAsync(type, 100, (document, 100));
        Assert.Equal(("PAID", "0.0"), await api.StandingAsync(document));
        Assert.Equal(balance, await api.BalanceAsync());
        var one = ((string)document["$path"]!)[1..];
        var shown = await api.ReadAsync(one + "?show_payments_allocations=true");
        Assert.Equal([(string)first["id"]!, (string)second["id"]!], shown["payments_allocations"]!.AsArray().Select(entry => (string)entry!["contact_payment"]!["id"]!));
        await SandboxApi.RefusalAsync(await api.PutAsync(one, Family.Wrap(path, new JsonObject { ["reference"] = "x" })), 422);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(one + "?void_reason=x"), 422);

        foreach (var payment in (JsonObject[])[first, second])
            Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync("contact_payments/" + (string)payment["id"]!)).StatusCode);
        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(document));
        Assert.Equal("0.0", await api.BalanceAsync());
        Assert.Equal(HttpStatusCode.OK, (await api.PutAsync(one, Family.Wrap(path, new JsonObject { ["reference"] = "x" }))).StatusCode);
        Assert.Equal(2, (int)(await api.ReadAsync("contact_payments?deleted_since=2026-11-01"))["$total"]!);
        Assert.True((bool)(await api.ReadAsync("transactions/" + (string)first["transaction"]!["id"]!))["deleted"]!);
    }

    [Fact]
    public async Task It_is_asked_for_and_answered_as_Sage_describes()
    {
        var spec = SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var request = Till.Wrap(await api.PaymentAsync("VENDOR_PAYMENT", 150, Till.Current, (bill, 120)));

        var created = await api.CreateAsync("contact_payments", request);
        var one = "contact_payments/" + (string)created["id"]!;

        Assert.Empty(spec.CheckRequest("POST", "/contact_payments", "", request.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("POST", "/contact_payments", 201, created.ToJsonString()));
        Assert.Equal(created.ToJsonString(), (await api.ReadAsync(one)).ToJsonString());
        Assert.Empty(spec.CheckAnswer("GET", "/contact_payments", 200, (await api.ReadAsync("contact_payments?attributes=all")).ToJsonString()));
        var paid = await api.ReadAsync($"purchase_invoices/{(string)bill["id"]!}?show_payments_allocations=true");
        Assert.Empty(spec.CheckAnswer("GET", $"/purchase_invoices/{(string)bill["id"]!}", 200, paid.ToJsonString()));
        Assert.Equal("2026-11-20", (string?)paid["last_paid"]);
        // The account's own way to pay, where none is named.
        Assert.Equal("ELECTRONIC", (string?)created["payment_method"]!["id"]);
    }

    [Fact]
    public async Task What_is_paid_beyond_its_documents_stays_on_account_and_can_be_refunded()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));

        var payment = await api.PayAsync("VENDOR_PAYMENT", 150, (bill, 120));
        var money = payment["payment_on_account"]!.AsObject();
        Assert.Equal(("30.0", "30.0", "UNPAID"), ((string)money["total_amount"]!, (string)money["outstanding_amount"]!, (string)money["status"]!["id"]!));

        var refund = await api.PayAsync("VENDOR_REFUND", 30, (money, 30));
        var one = "contact_payments/" + (string)payment["id"]!;
        Assert.Equal("PAID", (string?)(await api.ReadAsync(one))["payment_on_account"]!["status"]!["id"]);
        Assert.False((bool)(await api.ReadAsync(one))["editable"]!);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(one), 422);
        await SandboxApi.RefusalAsync(await api.PutAsync(one, Till.Wrap(new JsonObject { ["reference"] = "x" })), 422);

        await api.DeleteAsync("contact_payments/" + (string)refund["id"]!);
        await api.DeleteAsync(one);
        Assert.Equal("0.0", await api.BalanceAsync());
    }

    [Fact]
    public async Task A_change_can_take_the_allocation_away_and_set_it_anew()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var one = "contact_payments/" + (string)(await api.PayAsync("VENDOR_PAYMENT", 120, (bill, 120)))["id"]!;

        var renamed = await ChangeAsync(new JsonObject { ["reference"] = "PAY-2" });
        Assert.Equal(("PAY-2", "120.0"), ((string)renamed["reference"]!, (string)renamed["allocated_artefacts"]![0]!["amount"]!));
        Assert.Equal("PAID", (await api.StandingAsync(bill)).Status);

        var free = await ChangeAsync(new JsonObject { ["allocated_artefacts"] = new JsonArray() });
        Assert.Equal("120.0", (string?)free["payment_on_account"]!["outstanding_amount"]);
        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(bill));

        var again = await ChangeAsync(new JsonObject { ["total_amount"] = "50.00", ["allocated_artefacts"] = Till.Allocated((bill, 50)) });
        Assert.Null(again["payment_on_account"]);
        Assert.Equal(("PART_PAID", "70.0"), await api.StandingAsync(bill));
        Assert.Equal("-50.0", await api.BalanceAsync());

        // What is refused leaves everything as it was.
        await SandboxApi.RefusalAsync(await api.PutAsync(one, Till.Wrap(new JsonObject { ["total_amount"] = "10.00" })), 422);
        Assert.Equal(("PART_PAID", "70.0"), await api.StandingAsync(bill));

        async Task<JsonObject> ChangeAsync(JsonObject change) => await SandboxApi.ObjectAsync(await api.PutAsync(one, Till.Wrap(change)), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_discount_settles_too_and_the_bank_does_not_see_it()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var payment = await api.PaymentAsync("VENDOR_PAYMENT", 115, Till.Current, (bill, 115));
        payment["allocated_artefacts"]![0]!["discount"] = "5.00";
        payment["base_currency_currency_charge"] = "1.50";

        await api.CreateAsync("contact_payments", Till.Wrap(payment));

        Assert.Equal(("PAID", "0.0"), await api.StandingAsync(bill));
        Assert.Equal("-116.5", await api.BalanceAsync());
        Assert.Equal("5.0", (string?)(await api.ReadAsync("purchase_invoices/" + (string)bill["id"]!))["payments_allocations_total_discount"]);
    }

    [Fact]
    public async Task A_paid_and_a_void_document_cannot_be_paid()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var paid = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        await api.PayAsync("VENDOR_PAYMENT", 120, (paid, 120));
        var gone = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        await api.DeleteAsync("purchase_invoices/" + (string)gone["id"]!);
        var credit = await api.CreateAsync("purchase_credit_notes", "Northgate Stationers Ltd");

        foreach (var document in (JsonObject[])[paid, gone, credit])
        {
            var answer = await api.PostAsync("contact_payments", Till.Wrap(await api.PaymentAsync("VENDOR_PAYMENT", 120, Till.Current, (document, 120))));
            Assert.Equal(("RecordInvalid", "You can only pay unpaid or part-paid invoices.", ""), Assert.Single(await SandboxApi.RefusalAsync(answer, 422)));
        }
        Assert.Equal("-120.0", await api.BalanceAsync());
    }

    [Theory]
    [InlineData("transaction_type_id", null, "transaction_type_id")]
    [InlineData("contact_id", null, "contact_id")]
    [InlineData("bank_account_id", null, "bank_account_id")]
    [InlineData("date", null, "date")]
    [InlineData("total_amount", null, "total_amount")]
    [InlineData("transaction_type_id", "SUPPLIER_PAYMENT", "")]
    [InlineData("bank_account_id", "unknown", "")]
    [InlineData("payment_method_id", "unknown", "")]
    [InlineData("date", "2019-12-31", "date")]
    [InlineData("total_amount", "0", "total_amount")]
    [InlineData("total_amount", "119.99", "total_amount")]
    [InlineData("reference", "12345678901234567890123456", "reference")]
    [InlineData("currency_id", "EUR", "currency_id")]
    public async Task A_payment_that_lacks_something_is_refused_and_leaves_nothing(string field, string? value, string source)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var payment = await api.PaymentAsync("VENDOR_PAYMENT", 120, Till.Current, (bill, 120));
        payment[field] = value;

        var errors = await SandboxApi.RefusalAsync(await api.PostAsync("contact_payments", Till.Wrap(payment)), 422);

        Assert.Contains(source, errors.Select(error => error.Source));
        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(bill));
        Assert.Equal("0.0", await api.BalanceAsync());
        Assert.Equal(0, (int)(await api.ReadAsync("contact_payments"))["$total"]!);
    }

    [Fact]
    public async Task Anothers_documents_and_more_than_is_owed_are_refused()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var ours = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var others = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync("Pelican Couriers Ltd")));

        Assert.Equal("allocated_artefacts.amount", await SourceAsync((ours, 120.01m)));
        Assert.Equal("allocated_artefacts.artefact_id", await SourceAsync((ours, 60), (ours, 60)));
        Assert.Equal("", await SourceAsync((ours, 60), (others, 60)));
        var sale = await api.CreateAsync("sales_invoices", "Amelia Hughes");
        var crossed = await api.PostAsync("contact_payments", Till.Wrap(await api.PaymentAsync("VENDOR_PAYMENT", 120, Till.Current, (sale, 120))));
        Assert.Equal("Couldn't find Supplier.", Assert.Single(await SandboxApi.RefusalAsync(crossed, 422)).Message);

        async Task<string> SourceAsync(params (JsonObject, decimal)[] allocated)
        {
            var answer = await api.PostAsync("contact_payments", Till.Wrap(await api.PaymentAsync("VENDOR_PAYMENT", 120.01m, Till.Current, allocated)));
            return Assert.Single(await SandboxApi.RefusalAsync(answer, 422)).Source;
        }
    }

    [Fact]
    public async Task A_foreign_document_is_paid_in_its_currency_at_the_rate_sent_or_else_at_one()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync("Atelier Lumière SARL")));
        var payment = await api.PaymentAsync("VENDOR_PAYMENT", 60, Till.Current, (bill, 60));

        var atOne = await api.CreateAsync("contact_payments", Till.Wrap(payment));
        payment["exchange_rate"] = "0.80";
        await api.CreateAsync("contact_payments", Till.Wrap(payment));

        Assert.Equal(("EUR", "1.0"), ((string)atOne["currency"]!["id"]!, (string)atOne["exchange_rate"]!));
        Assert.Equal(("PAID", "0.0"), await api.StandingAsync(bill));
        Assert.Equal("-108.0", await api.BalanceAsync());
    }

    [Fact]
    public async Task Start_pays_documents_whole_and_knows_neither_refunds_nor_money_on_account()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Tidewater Crafts");
        var sale = await api.CreateAsync("sales_invoices", "Amelia Hughes");

        await api.PayAsync("CUSTOMER_RECEIPT", 120, (sale, 120));
        foreach (var (type, total) in ((string, decimal)[])[("CUSTOMER_RECEIPT", 121), ("CUSTOMER_REFUND", 120)])
        {
            var answer = await api.PostAsync("contact_payments", Till.Wrap(await api.PaymentAsync(type, total, Till.Current, (sale, 120))));
            Assert.Equal("AuthorizationFailure", Assert.Single(await SandboxApi.RefusalAsync(answer, 401)).Code);
        }
    }

    [Fact]
    public async Task The_list_filters_by_type_contact_bank_and_date()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var sale = await api.CreateAsync("sales_invoices", "Amelia Hughes");
        await api.PayAsync("VENDOR_PAYMENT", 120, (bill, 120));
        var receipt = await api.PaymentAsync("CUSTOMER_RECEIPT", 120, Till.CashBox, (sale, 120));
        (receipt["date"], receipt["reference"]) = ("2026-11-21", "CASH-1");
        await api.CreateAsync("contact_payments", Till.Wrap(receipt));

        foreach (var query in (string[])["transaction_type_id=CUSTOMER_RECEIPT", "from_date=2026-11-21", "contact_id=" + (string)sale["contact"]!["id"]!, "bank_account_id=" + (string)receipt["bank_account_id"]!])
            Assert.Equal(["CASH-1"], await ListAsync(query));
        Assert.Equal(["CASH-1", "PAY-1"], await ListAsync("sort=date:desc"));

        async Task<IReadOnlyList<string>> ListAsync(string query) =>
            [.. (await api.ReadAsync("contact_payments?" + query))["$items"]!.AsArray().Select(item => (string)item!["displayed_as"]!)];
    }

    [Fact]
    public Task Whatever_is_paid_changed_and_taken_back_the_books_add_up() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 14_000]).Array[25].SampleAsync(TheBooksAddUpAfterAsync, iter: 4, threads: 1);

    /// <summary>Each step pays one of three bills, changes an earlier payment to it, or deletes one.</summary>
    private static async Task TheBooksAddUpAfterAsync((int Deed, int Bill, int Pennies)[] steps)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bills = new List<JsonObject>();
        for (var number = 0; number < 3; number++) bills.Add(await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync())));
        var current = await api.IdAsync("bank_accounts", Till.Current);
        var live = new List<string>();
        foreach (var (deed, at, pennies) in steps)
        {
            var asked = new JsonObject { ["total_amount"] = pennies / 100m, ["allocated_artefacts"] = Till.Allocated((bills[at], pennies / 100m)) };
            var chosen = live.Count == 0 ? "" : live[pennies % live.Count];
            if (deed == 1 && chosen.Length > 0) (await api.PutAsync("contact_payments/" + chosen, Till.Wrap(asked))).Dispose();
            else if (deed == 2 && chosen.Length > 0)
            {
                Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync("contact_payments/" + chosen)).StatusCode);
                live.Remove(chosen);
            }
            else
            {
                (asked["transaction_type_id"], asked["contact_id"], asked["bank_account_id"], asked["date"]) = ("VENDOR_PAYMENT", (string)bills[at]["contact"]!["id"]!, current, "2026-11-20");
                var answer = await api.PostAsync("contact_payments", Till.Wrap(asked));
                if (answer.StatusCode == HttpStatusCode.Created) live.Add((string)(await SandboxApi.ObjectAsync(answer, HttpStatusCode.Created))["id"]!);
            }
        }

        var payments = (await api.ReadAsync("contact_payments?attributes=all&items_per_page=200"))["$items"]!.AsArray().Select(item => item!.AsObject()).ToList();
        Assert.Equal(live.Order(StringComparer.Ordinal), payments.Select(one => (string)one["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(-payments.Sum(one => Amount(one, "total_amount")), decimal.Parse(await api.BalanceAsync(), CultureInfo.InvariantCulture));
        foreach (var bill in bills)
        {
            var now = await api.ReadAsync("purchase_invoices/" + (string)bill["id"]!);
            var paid = payments.SelectMany(one => one["allocated_artefacts"]!.AsArray()).Where(one => (string)one!["artefact"]!["id"]! == (string)bill["id"]!).Sum(one => Amount(one!.AsObject(), "amount"));
            Assert.Equal((paid, 120 - paid), (Amount(now, "total_paid"), Amount(now, "outstanding_amount")));
            Assert.Equal(paid == 0 ? "UNPAID" : paid == 120 ? "PAID" : "PART_PAID", (string?)now["status"]!["id"]);
        }
    }

    private static decimal Amount(JsonObject body, string name) => decimal.Parse((string)body[name]!, CultureInfo.InvariantCulture);
}
