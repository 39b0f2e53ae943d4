using System.Text.Json.Nodes;

namespace DextSage.Tests.Sandbox;

/// <summary>The six documents that differ in little: what a test needs to ask for each.</summary>
internal static class Family
{
    /// <summary>The family by path; the wrapper is the path's singular.</summary>
    public static readonly string[] All =
        ["purchase_invoices", "purchase_credit_notes", "purchase_quick_entries", "sales_invoices", "sales_credit_notes", "sales_quick_entries"];

    public static readonly string[] WithLines = [.. All.Where(path => !path.EndsWith("entries", StringComparison.Ordinal))];

    public static string Wrapper(string path) => path.EndsWith("entries", StringComparison.Ordinal) ? path[..^3] + "y" : path[..^1];

    public static string? Lines(string path) => path switch
    {
        _ when path.EndsWith("entries", StringComparison.Ordinal) => null,
        _ when path.EndsWith("invoices", StringComparison.Ordinal) => "invoice_lines",
        _ => "credit_note_lines",
    };

    public static bool IsSale(string path) => path.StartsWith("sales", StringComparison.Ordinal);

    public static JsonObject Wrap(string path, JsonObject entity) => new() { [Wrapper(path)] = entity.DeepClone() };

    public static Task<JsonObject> CreateAsync(this SandboxApi api, string path, string contact) => api.CreateAsync(path, contact, _ => { });

    public static async Task<JsonObject> CreateAsync(this SandboxApi api, string path, string contact, Action<JsonObject> change)
    {
        var entity = await api.EntityAsync(path, contact);
        change(entity);
        return await api.CreateAsync(path, Wrap(path, entity));
    }

    /// <summary>A document that Sage takes: 100.00 at 20 %, or at no rate where the business is not registered.</summary>
    public static async Task<JsonObject> EntityAsync(this SandboxApi api, string path, string? contact = null, bool taxed = true)
    {
        contact ??= IsSale(path) ? "Amelia Hughes" : "Northgate Stationers Ltd";
        var entity = new JsonObject
        {
            ["contact_id"] = (string)(await api.FindAsync($"contacts?search={Uri.EscapeDataString(contact)}", item => (string?)item["name"] == contact))["id"]!,
            ["date"] = "2026-11-01",
            ["reference"] = "REF-1",
        };
        var account = await api.IdAsync("ledger_accounts?visible_in=" + (IsSale(path) ? "sales" : "expenses"), IsSale(path) ? "Sales - Services (4010)" : "Office costs (7500)");
        if (path == "purchase_invoices") entity["due_date"] = "2026-12-01";
        if (Lines(path) is { } lines)
            entity[lines] = new JsonArray(Taxed(new JsonObject { ["description"] = "Work", ["ledger_account_id"] = account, ["quantity"] = "1", ["unit_price"] = "100.00" }, taxed));
        else
        {
            (entity["quick_entry_type_id"], entity["ledger_account_id"], entity["details"], entity["net_amount"]) = ("INVOICE", account, "Work", "100.00");
            Taxed(entity, taxed);
        }
        return entity;
    }

    /// <summary>Where the amounts of the only line are.</summary>
    public static JsonObject Line(string path, JsonObject document) => Lines(path) is { } lines ? document[lines]![0]!.AsObject() : document;

    private static JsonObject Taxed(JsonObject line, bool taxed)
    {
        if (taxed) (line["tax_rate_id"], line["tax_amount"]) = ("GB_STANDARD", "20.00");
        return line;
    }
}
