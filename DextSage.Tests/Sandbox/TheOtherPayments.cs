using System.Net;
using System.Text.Json.Nodes;
using DextSage.Tests.Contract;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 11.3: money spent or received on the spot.</summary>
public sealed class TheOtherPayments
{
    [Theory]
    [InlineData("OTHER_PAYMENT", "-120.0")]
    [InlineData("OTHER_RECEIPT", "120.0")]
    [InlineData("OTHER_PAYMENT_REFUND", "120.0")]
    [InlineData("OTHER_RECEIPT_REFUND", "-120.0")]
    public async Task Each_type_moves_the_bank_its_way_and_is_given_back(string type, string balance)
    {
        var spec = SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var request = Till.WrapExpense(await api.ExpenseAsync(type));

        var created = await api.CreateAsync("other_payments", request);
        var one = "other_payments/" + (string)created["id"]!;

        Assert.Equal(("100.0", "20.0", "120.0", "CASH"), ((string)created["net_amount"]!, (string)created["tax_amount"]!, (string)created["total_amount"]!, (string)created["payment_method"]!["id"]!));
        Assert.Equal(balance, await api.BalanceAsync(Till.CashBox));
        Assert.Equal(created.ToJsonString(), (await api.ReadAsync(one)).ToJsonString());
        Assert.Equal("120.0", (string?)(await api.ReadAsync("transactions/" + (string)created["transaction"]!["id"]!))["total"]);
        Assert.Empty(spec.CheckRequest("POST", "/other_payments", "", request.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("POST", "/other_payments", 201, created.ToJsonString()));
        Assert.Empty(spec.CheckAnswer("GET", "/other_payments", 200, (await api.ReadAsync("other_payments?attributes=all")).ToJsonString()));
        Assert.Equal(1, (int)(await api.ReadAsync($"other_payments?transaction_type_id={type}&to_date=2026-11-20"))["$total"]!);

        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync(one)).StatusCode);
        Assert.Equal("0.0", await api.BalanceAsync(Till.CashBox));
        Assert.Equal(0, (int)(await api.ReadAsync("other_payments"))["$total"]!);
        await SandboxApi.RefusalAsync(await api.DeleteAsync(one), 404);
    }

    [Fact]
    public async Task A_change_meets_lines_by_their_id_and_moves_the_bank_anew()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));
        var one = "other_payments/" + (string)created["id"]!;
        var line = new JsonObject { ["id"] = (string)created["payment_lines"]![0]!["id"]!, ["net_amount"] = "50.00", ["tax_amount"] = "10.00", ["total_amount"] = "60.00" };

        var changed = await SandboxApi.ObjectAsync(await api.PutAsync(one, Till.WrapExpense(new JsonObject { ["total_amount"] = "60.00", ["payment_lines"] = new JsonArray(line) })), HttpStatusCode.OK);

        Assert.Equal(("60.0", "TILL-1", "Paper"), ((string)changed["total_amount"]!, (string)changed["reference"]!, (string)changed["payment_lines"]![0]!["details"]!));
        Assert.Single(changed["payment_lines"]!.AsArray());
        Assert.Equal("-60.0", await api.BalanceAsync(Till.CashBox));
    }

    [Theory]
    [InlineData("transaction_type_id", null, "transaction_type_id")]
    [InlineData("transaction_type_id", "VENDOR_PAYMENT", "")]
    [InlineData("bank_account_id", null, "bank_account_id")]
    [InlineData("date", null, "date")]
    [InlineData("total_amount", "119.99", "total_amount")]
    [InlineData("contact_id", "unknown", "")]
    [InlineData("reference", "12345678901234567890123456", "reference")]
    public async Task One_that_lacks_something_is_refused(string field, string? value, string source)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var expense = await api.ExpenseAsync();
        expense[field] = value;

        Assert.Contains(source, (await SandboxApi.RefusalAsync(await api.PostAsync("other_payments", Till.WrapExpense(expense)), 422)).Select(error => error.Source));
        Assert.Equal("0.0", await api.BalanceAsync(Till.CashBox));
    }

    [Fact]
    public async Task A_line_needs_its_account_from_the_right_area_its_total_and_a_tax_that_agrees()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        Assert.Equal(("RecordNotFound", "Couldn't find record.", ""), await RefusalAsync("ledger_account_id", await api.IdAsync("ledger_accounts", "Sales - Services (4010)")));
        Assert.Equal(("RecordInvalid", "This field is required.", "payment_lines.total_amount"), await RefusalAsync("total_amount", null));
        Assert.Equal(("RecordInvalid", "This field is required.", "line_items.currency_tax_amount"), await RefusalAsync("tax_amount", null));
        Assert.Equal(("RecordInvalid", "The net and tax amounts do not add up to the total.", "payment_lines.total_amount"), await RefusalAsync("net_amount", "99.00"));

        async Task<(string, string, string)> RefusalAsync(string field, string? value)
        {
            var expense = await api.ExpenseAsync();
            expense["payment_lines"]![0]![field] = value;
            return (await SandboxApi.RefusalAsync(await api.PostAsync("other_payments", Till.WrapExpense(expense)), 422))[0];
        }
    }

    [Fact]
    public async Task Analysis_needs_the_area_of_banking()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var expense = await api.ExpenseAsync();
        expense["payment_lines"]![0]!["analysis_type_categories"] = new JsonArray(new JsonObject { ["id"] = await api.IdAsync("analysis_type_categories", "Cost Centre 1") });

        var created = await api.CreateAsync("other_payments", Till.WrapExpense(expense));

        var shown = await api.ReadAsync($"other_payments/{(string)created["id"]!}?show_analysis_types=true");
        Assert.Equal("Cost Centre 1", (string?)shown["payment_lines"]![0]!["analysis_type_categories"]![0]!["displayed_as"]);
        expense["payment_lines"]![0]!["analysis_type_categories"]![0]!["id"] = await api.IdAsync("analysis_type_categories", "Project 1");
        var errors = await SandboxApi.RefusalAsync(await api.PostAsync("other_payments", Till.WrapExpense(expense)), 422);
        Assert.Equal("analysis_type_categories are not enabled for Active Area BANKING", Assert.Single(errors).Message);
    }

    [Fact]
    public async Task Start_takes_them_and_their_attachments_but_no_refunds()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Tidewater Crafts");

        var created = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));
        await api.CreateAsync("attachments", TheAttachments.Attachment((string)created["id"]!, [1, 2, 3], context: "OTHER_PAYMENT"));
        Assert.Equal(1, (int)(await api.ReadAsync("other_payments?has_attachments=true"))["$total"]!);
        await SandboxApi.RefusalAsync(await api.PostAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync("OTHER_PAYMENT_REFUND"))), 401);
    }

    [Fact]
    public async Task A_business_without_VAT_pays_gross()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync("Corner Community Trust");

        await SandboxApi.RefusalAsync(await api.PostAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync())), 422);
        var created = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync(taxed: false)));
        Assert.Equal("100.0", (string?)created["total_amount"]);
        Assert.Null(created["tax_amount"]);
    }
}
