using System.Net;
using System.Text.Json.Nodes;
using DextSage.Tests.Contract;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 11.2.</summary>
public sealed class TheContactAllocations
{
    [Theory]
    [InlineData("purchase_invoices", "purchase_credit_notes", "VENDOR_ALLOCATION", -1)]
    [InlineData("sales_invoices", "sales_credit_notes", "CUSTOMER_ALLOCATION", 1)]
    public async Task A_credit_note_is_set_against_an_invoice_and_taken_back(string invoices, string creditNotes, string type, int sign)
    {
        var spec = SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var invoice = await api.CreateAsync(invoices, Family.Wrap(invoices, await api.EntityAsync(invoices)));
        var credit = await api.CreateAsync(creditNotes, Family.Wrap(creditNotes, await api.EntityAsync(creditNotes)));

        var request = Till.Allocation(type, (invoice, sign * 50), (credit, sign * -50));
        var created = await api.CreateAsync("contact_allocations", request);
        Assert.Equal(("PART_PAID", "70.0"), await api.StandingAsync(invoice));
        Assert.Equal(("PART_PAID", "70.0"), await api.StandingAsync(credit));
        Assert.Equal("0.0", await api.BalanceAsync());
        Assert.Equal("2026-11-22", (string?)created["date"]);
        Assert.Empty(spec.CheckRequest("POST", "/contact_allocations", "", request.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("POST", "/contact_allocations", 201, created.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("GET", "/contact_allocations", 200, (await api.ReadAsync("contact_allocations?attributes=all")).ToJsonString()));
        await SandboxApi.RefusalAsync(await api.DeleteAsync($"{creditNotes}/{(string)credit["id"]!}?void_reason=x"), 422);

        var one = "contact_allocations/" + (string)created["id"]!;
        var change = new JsonObject { ["contact_allocation"] = new JsonObject { ["allocated_artefacts"] = Till.Allocated((invoice, sign * 120), (credit, sign * -120)) } };
        await SandboxApi.ObjectAsync(await api.PutAsync(one, change), HttpStatusCode.OK);
        Assert.Equal(("PAID", "0.0"), await api.StandingAsync(invoice));
        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync(one)).StatusCode);
        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(invoice));
        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(credit));
    }

    [Fact]
    public async Task Money_on_account_is_set_against_an_invoice()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var free = await api.PaymentAsync("VENDOR_PAYMENT", 80, Till.Current);
        free["contact_id"] = (string)bill["contact"]!["id"]!;
        var payment = await api.CreateAsync("contact_payments", Till.Wrap(free));

        await api.AllocateAsync("VENDOR_ALLOCATION", (payment["payment_on_account"]!.AsObject(), 80), (bill, -80));

        Assert.Equal(("PART_PAID", "40.0"), await api.StandingAsync(bill));
        Assert.Equal("0.0", (string?)(await api.ReadAsync("contact_payments/" + (string)payment["id"]!))["payment_on_account"]!["outstanding_amount"]);
    }

    [Fact]
    public async Task Amounts_sum_to_zero_with_opposite_signs_and_end_at_what_is_owed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var credit = await api.CreateAsync("purchase_credit_notes", "Northgate Stationers Ltd");
        var reverse = await api.CreateAsync("purchase_credit_notes", "Northgate Stationers Ltd", entity => entity["vat_reverse_charge"] = true);

        await RefusedAsync("The allocated amounts must add up to zero.", (credit, 50), (bill, -40));
        await RefusedAsync("Credits and invoices must have opposite signs.", (bill, 50), (credit, -50));
        await RefusedAsync("is more than the outstanding amount", (credit, 50), (bill, -120.01m));
        await RefusedAsync("You cannot allocate reverse charge transactions to others.", (reverse, 50), (bill, -50));
        Assert.Equal(("UNPAID", "120.0"), await api.StandingAsync(bill));

        async Task RefusedAsync(string message, params (JsonObject, decimal)[] allocated) =>
            Assert.Equal(message, Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("contact_allocations", Till.Allocation("VENDOR_ALLOCATION", allocated)), 422)).Message);
    }

    [Theory]
    [InlineData("Marsh & Daughters Ltd", "ravi@sandbox.test", 403)]
    [InlineData("Tidewater Crafts", "olivia@sandbox.test", 401)]
    public async Task It_needs_full_rights_in_three_areas_and_more_than_Start(string business, string email, int status)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync(business, email);

        await SandboxApi.RefusalAsync(await api.PostAsync("contact_allocations", new JsonObject { ["contact_allocation"] = new JsonObject() }), status);
    }
}
