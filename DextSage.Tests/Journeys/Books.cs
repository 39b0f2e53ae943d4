using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DextSage.Tests.Sandbox;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Looks into the sandbox's ledger through its own front door, sharing nothing with the code under test.</summary>
internal static class Books
{
    internal sealed record Bill(string Id, string Supplier, decimal Total, decimal Tax, IReadOnlyList<long> FileSizes);

    public static async Task<IReadOnlyList<Bill>> BillsAsync(Workshop workshop, string organisation = "Marsh & Daughters Ltd")
    {
        // A sign-in of the checker's own, which must not end ours.
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync(organisation);
        var bills = new List<Bill>();
        foreach (var listed in (await api.ReadAsync("purchase_invoices?attributes=all&items_per_page=200"))["$items"]!.AsArray())
        {
            var id = (string)listed!["id"]!;
            var files = await api.ReadAsync($"attachments?attachment_context_type_id=PURCHASE_INVOICE&attachment_context_id={id}&attributes=file_size");
            bills.Add(new Bill(id, (string)listed["contact"]!["displayed_as"]!, Amount(listed["total_amount"]), Amount(listed["tax_amount"]),
                [.. files["$items"]!.AsArray().Select(f => long.Parse(f!["file_size"]!.ToString(), CultureInfo.InvariantCulture))]));
        }
        return bills;
    }

    /// <summary>Every document of a kind, whole.</summary>
    public static async Task<IReadOnlyList<JsonObject>> DocumentsAsync(Workshop workshop, string path)
    {
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync("Marsh & Daughters Ltd");
        var listed = (await api.ReadAsync($"{path}?items_per_page=200"))["$items"]!.AsArray().Select(d => (string)d!["id"]!).ToList();
        List<JsonObject> whole = [];
        foreach (var id in listed) whole.Add((await api.ReadAsync($"{path}/{id}")).AsObject());
        return whole;
    }

    /// <summary>A bill that somebody typed into Sage by hand.</summary>
    public static async Task EnterBillAsync(Workshop workshop, string supplier, DateOnly date, string? reference, decimal total)
    {
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync("Marsh & Daughters Ltd");
        var contact = await api.IdAsync($"contacts?search={Uri.EscapeDataString(supplier)}", supplier);
        var account = (string)(await api.ReadAsync("ledger_accounts?visible_in=expenses&items_per_page=1"))["$items"]![0]!["id"]!;
        var amount = total.ToString("0.00", CultureInfo.InvariantCulture);
        await api.CreateAsync("purchase_invoices", new JsonObject
        {
            ["purchase_invoice"] = new JsonObject
            {
                ["contact_id"] = contact, ["date"] = $"{date:yyyy-MM-dd}", ["due_date"] = $"{date:yyyy-MM-dd}", ["vendor_reference"] = reference,
                ["invoice_lines"] = new JsonArray(new JsonObject
                {
                    ["description"] = "By hand", ["ledger_account_id"] = account, ["quantity"] = "1", ["unit_price"] = amount, ["tax_rate_id"] = "GB_ZERO", ["tax_amount"] = "0.00",
                }),
            },
        });
    }

    public static async Task DeleteSupplierAsync(Workshop workshop, string name)
    {
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync();
        var id = await api.IdAsync($"contacts?search={Uri.EscapeDataString(name)}", name);
        await workshop.Sandbox.MutateAsync(new { business = SandboxHost.BusinessId("Marsh & Daughters Ltd"), action = "delete", id });
    }

    public static async Task RenameSupplierAsync(Workshop workshop, string name, string to)
    {
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync();
        var id = await api.IdAsync($"contacts?search={Uri.EscapeDataString(name)}", name);
        await workshop.Sandbox.MutateAsync(new { business = SandboxHost.BusinessId("Marsh & Daughters Ltd"), action = "rename", id, name = to });
    }

    public static async Task<IReadOnlyList<string>> SuppliersAsync(Workshop workshop, string name)
    {
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync();
        var found = await api.ReadAsync($"contacts?contact_type_id=VENDOR&search={Uri.EscapeDataString(name)}");
        return [.. found["$items"]!.AsArray().Select(c => (string)c!["displayed_as"]!)];
    }

    /// <summary>The requests that the sandbox has seen.</summary>
    public static async Task<IReadOnlyList<JsonObject>> JournalAsync(Workshop workshop)
    {
        using var wire = workshop.Sandbox.Wire();
        return [.. (await wire.GetFromJsonAsync<JsonArray>("control/journal"))!.Select(r => r!.AsObject())];
    }

    public static async Task ForgetJournalAsync(Workshop workshop)
    {
        using var wire = workshop.Sandbox.Wire();
        (await wire.DeleteAsync("control/journal")).EnsureSuccessStatusCode();
    }

    /// <summary>What the person's button under "Manage Apps and Connections" does.</summary>
    public static async Task RemoveAccessAsync(Workshop workshop)
    {
        using var browser = workshop.Sandbox.Browser();
        var page = await browser.GetStringAsync("connections");
        var form = System.Text.RegularExpressions.Regex.Match(page, "action=\"(?<to>[^\"]*remove[^\"]*)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(form.Success, page);
        var fields = System.Text.RegularExpressions.Regex.Matches(page, "<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(m => (m.Groups["name"].Value, System.Net.WebUtility.HtmlDecode(m.Groups["value"].Value))).ToArray();
        (await browser.PostAsync(System.Net.WebUtility.HtmlDecode(form.Groups["to"].Value), SandboxHost.Form(fields))).Dispose();
    }

    private static decimal Amount(JsonNode? node) => decimal.Parse(node!.ToString(), CultureInfo.InvariantCulture);
}
