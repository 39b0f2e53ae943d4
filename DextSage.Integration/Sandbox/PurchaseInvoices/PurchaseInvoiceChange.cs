using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Lays a PUT over what is there, so that the whole can be checked as a POST would be.</summary>
internal static class PurchaseInvoiceChange
{
    private static readonly string[] HeaderFields = ["date", "due_date", "reference", "vendor_reference", "notes", "vat_reverse_charge", "exchange_rate"];
    private static readonly string[] LineFields = ["id", "description", "quantity", "unit_price", "unit_price_includes_tax", "tax_amount", "analysis_type_categories"];

    public static JsonObject Merge(JsonObject there, JsonObject asked)
    {
        var merged = Copy(there, HeaderFields);
        merged["contact_id"] = there.Object("contact")!.Text("id");
        var currency = there.Object("currency")!.Text("id");
        foreach (var (name, value) in asked) merged[name] = value?.DeepClone();
        // Another contact brings its own currency along.
        if (!asked.ContainsKey("contact_id") && !asked.ContainsKey("currency_id")) merged["currency_id"] = currency;
        // A value that is no list of objects is left as it came, for the checks to refuse.
        if (asked["invoice_lines"] is null or JsonArray) merged["invoice_lines"] = Lines(there, asked["invoice_lines"] as JsonArray ?? []);
        return merged;
    }

    private static JsonArray Lines(JsonObject there, JsonArray asked)
    {
        var lines = there.Objects("invoice_lines").Select(Request).ToList();
        foreach (var change in asked)
        {
            var known = change is JsonObject { } named && named.Text("id") is { } id ? lines.Find(line => line.Text("id") == id) : null;
            if (known is null || change is not JsonObject fields) continue;
            foreach (var (name, value) in fields) known[name] = value?.DeepClone();
        }
        var knownIds = lines.Select(line => line.Text("id")).ToHashSet();
        var added = asked.Where(change => change is not JsonObject line || line.Text("id") is not { } id || !knownIds.Contains(id)).Select(change => change?.DeepClone());
        return new JsonArray([.. lines, .. added]);
    }

    private static JsonObject Request(JsonObject line)
    {
        var request = Copy(line, LineFields);
        request["ledger_account_id"] = line.Object("ledger_account")!.Text("id");
        request["tax_rate_id"] = line.Object("tax_rate")?.Text("id");
        return request;
    }

    private static JsonObject Copy(JsonObject from, string[] names) =>
        new(names.Select(name => KeyValuePair.Create(name, from[name]?.DeepClone())));
}
