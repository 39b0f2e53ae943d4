using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>What somebody does on Sage's own screens behind a client's back.</summary>
public sealed class TheDeedsOfOthers
{
    private static readonly string Business = SandboxHost.BusinessId("Marsh & Daughters Ltd");

    [Theory]
    [InlineData("purchase_invoices", "-120.0")]
    [InlineData("purchase_credit_notes", "120.0")]
    [InlineData("sales_invoices", "120.0")]
    [InlineData("sales_credit_notes", "-120.0")]
    public async Task Somebody_pays_a_document_and_then_deletes_it_together_with_its_payment(string kind, string balance)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var document = await api.CreateAsync(kind, Family.Wrap(kind, await api.EntityAsync(kind)));
        var id = (string)document["id"]!;

        await sandbox.MutateAsync(new { business = Business, action = "pay", kind, id });
        Assert.Equal(("PAID", "0.0"), await api.StandingAsync(document));
        Assert.Equal(balance, await api.BalanceAsync());
        Assert.Equal(1, (int)(await api.ReadAsync("contact_payments"))["$total"]!);

        sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        await sandbox.MutateAsync(new { business = Business, action = "delete", kind, id });
        Assert.Equal(("VOID", "0.0"), await api.StandingAsync(document));
        Assert.Equal("0.0", await api.BalanceAsync());
        Assert.Equal(0, (int)(await api.ReadAsync("contact_payments"))["$total"]!);
        Assert.Equal("2026-11-22T12:01:00Z", (string?)(await api.ReadAsync($"{kind}/{id}"))["updated_at"]);
    }

    [Fact]
    public async Task Somebody_changes_a_bill_and_an_expense()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var expense = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));

        await sandbox.MutateAsync(new
        {
            business = Business, action = "change", id = (string)bill["id"]!,
            fields = new { reference = "CHANGED", invoice_lines = new[] { new { id = (string)bill["invoice_lines"]![0]!["id"]!, unit_price = "90.00", tax_amount = "18.00" } } },
        });
        await sandbox.MutateAsync(new { business = Business, action = "change", kind = "other_payments", id = (string)expense["id"]!, fields = new { date = "2026-11-19" } });

        var now = await api.ReadAsync("purchase_invoices/" + (string)bill["id"]!);
        Assert.Equal(("CHANGED", "108.0"), ((string)now["reference"]!, (string)now["total_amount"]!));
        Assert.Equal("2026-11-19", (string?)(await api.ReadAsync("other_payments/" + (string)expense["id"]!))["date"]);
        Assert.Equal("-120.0", await api.BalanceAsync(Till.CashBox));
    }

    [Fact]
    public async Task Somebody_deletes_a_payment_an_expense_and_an_attachment()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var payment = await api.PayAsync("VENDOR_PAYMENT", 120, (bill, 120));
        var expense = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));
        var attachment = await api.CreateAsync("attachments", TheAttachments.Attachment((string)bill["id"]!, [1]));

        foreach (var (kind, gone) in ((string, JsonObject)[])[("contact_payments", payment), ("other_payments", expense), ("attachments", attachment)])
            await sandbox.MutateAsync(new { business = Business, action = "delete", kind, id = (string)gone["id"]! });

        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(bill));
        Assert.Equal(("0.0", "0.0"), (await api.BalanceAsync(), await api.BalanceAsync(Till.CashBox)));
        foreach (var list in (string[])["contact_payments", "other_payments", "attachments"]) Assert.Equal(0, (int)(await api.ReadAsync(list))["$total"]!);
    }

    [Fact]
    public async Task A_bill_that_money_on_account_had_settled_too_is_freed_of_both()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var first = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var second = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var payment = await api.PayAsync("VENDOR_PAYMENT", 150, (first, 120));
        await api.AllocateAsync("VENDOR_ALLOCATION", (payment["payment_on_account"]!.AsObject(), 30), (second, -30));

        await sandbox.MutateAsync(new { business = Business, action = "delete", kind = "purchase_invoices", id = (string)first["id"]! });

        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(second));
        Assert.Equal("0.0", await api.BalanceAsync());
        Assert.Equal(0, (int)(await api.ReadAsync("contact_allocations"))["$total"]!);
    }

    [Fact]
    public async Task Somebody_reconciles_the_VAT_of_a_bill_and_it_is_locked()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var one = "purchase_invoices/" + (string)bill["id"]!;

        await sandbox.MutateAsync(new { business = Business, action = "set", kind = "purchase_invoices", id = (string)bill["id"]!, fields = new { tax_reconciled = true, editable = false } });

        Assert.Equal("You cannot edit VAT reconciled transactions.", Assert.Single(await SandboxApi.RefusalAsync(await api.PutAsync(one, SandboxApi.Wrap(new JsonObject { ["notes"] = "x" })), 422)).Message);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(one), 422);
        await api.PayAsync("VENDOR_PAYMENT", 120, (bill, 120));
        await sandbox.MutateAsync(new { business = Business, action = "delete", kind = "contact_payments", id = (string)(await api.FindAsync("contact_payments"))["id"]! });
        Assert.False((bool)(await api.ReadAsync(one))["editable"]!);
    }

    [Fact]
    public async Task Somebody_locks_a_year_and_nothing_may_be_dated_in_it()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await sandbox.MutateAsync(new { business = Business, action = "set", kind = "financial_settings", id = "financial_settings", fields = new { year_end_lockdown_date = "2026-11-01" } });

        foreach (var path in Family.All)
            await TheFamilyOfDocuments.RefusedAsync(api, path, await api.EntityAsync(path), "RecordInvalid", "The date is in a locked period.", "date");
        await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));
    }

    [Fact]
    public async Task What_Sage_would_refuse_is_refused_to_others_too()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var wire = sandbox.Wire();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var id = (string)bill["id"]!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(new { business = Business, action = "change", id, fields = new { reference = new string('x', 26) } }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new { business = Business, action = "pay", id = "unknown" }));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusAsync(new { business = Business, action = "change", kind = "contacts", id = (string)bill["contact"]!["id"]!, fields = new { name = "x" } }));
        Assert.Equal("INV-1001", (string?)(await api.ReadAsync("purchase_invoices/" + id))["reference"]);

        async Task<HttpStatusCode> StatusAsync(object mutation)
        {
            var answer = await wire.PostAsync("control/mutate", SandboxHost.JsonContent(mutation));
            return answer.StatusCode;
        }
    }
}
