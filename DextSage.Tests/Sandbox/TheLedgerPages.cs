using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>What a person sees of the pretend books.</summary>
public sealed class TheLedgerPages
{
    [Fact]
    public async Task The_link_of_a_bill_opens_its_page_with_lines_tax_and_attachment()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var browser = sandbox.Browser();
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        await api.CreateAsync("attachments", TheAttachments.Attachment((string)bill["id"]!, [1, 2, 3]));
        var link = bill["links"]!.AsArray().Single(one => (string?)one!["rel"] == "alternate")!;

        var page = await browser.GetStringAsync((string)link["href"]!);

        Assert.StartsWith(sandbox.Home.AbsoluteUri, (string)link["href"]!, StringComparison.Ordinal);
        Assert.Equal("text/html", (string?)link["type"]);
        foreach (var text in (string[])["Purchase invoice INV-1001", "Northgate Stationers Ltd", "Office costs (7500)", "Standard 20.00%", "&#xA3;120.00", "invoice.pdf", "3 bytes", "Unpaid"])
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_lists_organisations_their_bills_and_new_contacts_and_says_when_there_are_none()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var browser = sandbox.Browser();
        var ledger = new Uri(sandbox.Home, "ledger/" + SandboxHost.BusinessId("Marsh & Daughters Ltd"));

        Assert.Contains("Marsh &amp; Daughters Ltd", await browser.GetStringAsync(sandbox.Home), StringComparison.Ordinal);
        var empty = await browser.GetStringAsync(ledger);
        Assert.Contains("No purchase has been published here yet.", empty, StringComparison.Ordinal);
        Assert.Contains("No contact has been created through the API yet.", empty, StringComparison.Ordinal);

        await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        await api.CreateAsync("contacts", new JsonObject { ["contact"] = new JsonObject { ["name"] = "Acme", ["contact_type_ids"] = new JsonArray("VENDOR") } });
        var full = await browser.GetStringAsync(ledger);
        Assert.Contains("INV-1001", full, StringComparison.Ordinal);
        Assert.Contains("Acme", full, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sales_payments_allocations_and_the_bank_are_there_to_be_followed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var browser = sandbox.Browser();
        var ledger = sandbox.Home + "ledger/" + SandboxHost.BusinessId("Marsh & Daughters Ltd");
        Assert.Contains("Nothing has been paid, received or allocated here yet.", await browser.GetStringAsync(new Uri(ledger)), StringComparison.Ordinal);
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        var credit = await api.CreateAsync("purchase_credit_notes", "Northgate Stationers Ltd");
        await api.CreateAsync("sales_invoices", "Amelia Hughes");
        var entry = await api.CreateAsync("purchase_quick_entries", "Northgate Stationers Ltd");
        var payment = await api.PayAsync("VENDOR_PAYMENT", 100, (bill, 70));
        var allocation = await api.AllocateAsync("VENDOR_ALLOCATION", (credit, 50), (bill, -50));
        var expense = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));
        await api.CreateAsync("attachments", TheAttachments.Attachment((string)expense["id"]!, [1, 2, 3], "till.pdf", context: "OTHER_PAYMENT"));
        var current = await api.IdAsync("bank_accounts", Till.Current);

        await HoldsAsync("", "SI-1", "Amelia Hughes", "Purchase credit note", "Purchase quick entry", "Supplier Payment", "Supplier Allocation", "Other Payment", "&#x2212;&#xA3;100.00");
        await HoldsAsync((string)bill["$path"]!, "Paid", "Supplier Payment", "Supplier Allocation", "&#xA3;70.00", (string)payment["$path"]!, (string)allocation["$path"]!);
        await HoldsAsync((string)payment["$path"]!, "Supplier Payment PAY-1", "Still on account", "&#xA3;30.00", "INV-1001", "/bank_accounts/" + current);
        await HoldsAsync((string)allocation["$path"]!, "Supplier Allocation", "&#x2212;&#xA3;50.00", (string)credit["$path"]!);
        await HoldsAsync((string)expense["$path"]!, "Other Payment TILL-1", "Office costs (7500)", "till.pdf", "Cash in Hand (1210)");
        await HoldsAsync((string)entry["$path"]!, "Purchase quick entry REF-1", "Office costs (7500)", "Nothing has been paid or allocated.");
        await HoldsAsync("/bank_accounts/" + current, "Current (1200)", "&#x2212;&#xA3;100.00", "PAY-1", "Northgate Stationers Ltd");

        async Task HoldsAsync(string path, params string[] texts)
        {
            var page = await browser.GetStringAsync(new Uri(ledger + path));
            foreach (var text in texts) Assert.Contains(text, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_comes_over_the_API_is_encoded_on_every_page()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var browser = sandbox.Browser();
        const string evil = "<script>x</script>\"'";
        var bill = await api.BillAsync();
        (bill["reference"], bill["vendor_reference"], bill["notes"]) = (evil, evil, evil);
        bill["invoice_lines"]![0]!["description"] = evil;
        var created = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(bill));
        await api.CreateAsync("attachments", TheAttachments.Attachment((string)created["id"]!, [1], evil));
        await api.CreateAsync("contacts", new JsonObject { ["contact"] = new JsonObject { ["name"] = evil, ["contact_type_ids"] = new JsonArray("VENDOR") } });

        foreach (var address in (string[])[(string)created["links"]![0]!["href"]!, new Uri(sandbox.Home, "ledger/" + SandboxHost.BusinessId("Marsh & Daughters Ltd")).AbsoluteUri])
        {
            var page = await browser.GetStringAsync(address);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_attachment_is_served_neither_sniffed_nor_run()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        using var browser = sandbox.Browser();
        var created = await api.CreateAsync("attachments", TheAttachments.Attachment(await TheAttachments.BillIdAsync(api), [1, 2, 3], "Lumière \r\n\".pdf"));

        var answer = await browser.GetAsync(new Uri(sandbox.Home, $"ledger/{SandboxHost.BusinessId("Marsh & Daughters Ltd")}/attachments/{(string)created["id"]!}"));

        Assert.Equal([1, 2, 3], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.EndsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
        var elsewhere = new Uri(sandbox.Home, $"ledger/{SandboxHost.BusinessId("Harbour Street Bakery")}/attachments/{(string)created["id"]!}");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(elsewhere)).StatusCode);
    }

    [Theory]
    [InlineData("ledger/unknown")]
    [InlineData("ledger/unknown/purchase_invoices/unknown")]
    public async Task What_is_not_there_has_a_page_that_says_so(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var browser = sandbox.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_form_on_a_strangers_page_cannot_remove_access()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.ConnectAsync();
        using var browser = sandbox.Browser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("connections/remove", SandboxHost.Form(("person", "x")))).StatusCode);
    }
}
