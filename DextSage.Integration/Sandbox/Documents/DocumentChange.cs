using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Lays a PUT over what is there, so that the whole can be checked as a POST would be.</summary>
internal static class DocumentChange
{
    private static readonly string[] Fields = ["date", "due_date", "original_invoice_date", "vat_reverse_charge", "exchange_rate", "sent", "net_amount", "tax_amount", "total_amount", "analysis_type_categories"];
    private static readonly string[] LineFields =
        ["id", "description", "quantity", "unit_price", "unit_price_includes_tax", "tax_amount", "discount_amount", "analysis_type_categories"];

    public static JsonObject Merge(DocumentKind kind, JsonObject there, JsonObject asked)
    {
        var merged = Overlay.Request(there, [.. Fields, .. kind.Texts.Select(text => text.Name)], ["contact", "ledger_account", "tax_rate", "quick_entry_type"]);
        var currency = there.Object("currency")!.Text("id");
        // Of a quick entry's three amounts those that are asked for stand for the others too.
        if (asked.ContainsKey("net_amount") || asked.ContainsKey("total_amount"))
            foreach (var amount in (string[])["net_amount", "total_amount"]) merged.Remove(amount);
        if (asked.ContainsKey("tax_amount")) merged.Remove("total_amount");
        Overlay.Lay(merged, asked);
        // Another contact brings its own currency along.
        if (!asked.ContainsKey("contact_id") && !asked.ContainsKey("currency_id")) merged["currency_id"] = currency;
        if (kind.Lines is { } lines) Overlay.LayLines(merged, there, asked, lines, LineFields, ["ledger_account", "tax_rate", "product", "service"]);
        return merged;
    }
}

/// <summary>A record turned back into the request that would make it, and another request laid over it.</summary>
internal static class Overlay
{
    public static JsonObject Request(JsonObject there, string[] fields, string[] references)
    {
        var request = new JsonObject(fields.Where(there.ContainsKey).Select(name => KeyValuePair.Create(name, there[name]?.DeepClone())));
        foreach (var name in references)
            if (there.Object(name)?.Text("id") is { } id) request[name + "_id"] = id;
        return request;
    }

    public static void Lay(JsonObject request, JsonObject asked)
    {
        foreach (var (name, value) in asked) request[name] = value?.DeepClone();
    }

    /// <summary>Lines are met by their id. Invented: lines that are not mentioned stay (Sage API 18, question 10).</summary>
    public static void LayLines(JsonObject request, JsonObject there, JsonObject asked, string name, string[] fields, string[] references)
    {
        // A value that is no list of objects is left as it came, for the checks to refuse.
        if (asked[name] is not (null or JsonArray)) return;
        var lines = there.Objects(name).Select(line => Request(line, fields, references)).ToList();
        var added = new List<JsonNode?>();
        foreach (var change in asked[name] as JsonArray ?? [])
        {
            if (change is JsonObject line && line.Text("id") is { } id && lines.Find(one => one.Text("id") == id) is { } known) Lay(known, line);
            else added.Add(change?.DeepClone());
        }
        request[name] = new JsonArray([.. lines, .. added]);
    }
}
