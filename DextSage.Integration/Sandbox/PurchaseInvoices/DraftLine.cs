using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One line as asked for, with its amounts computed as Sage does: per line, to the penny, tax as the client says (Sage API 9.2).</summary>
internal sealed record DraftLine(
    string? Id, string? Description, Record? Account, decimal Quantity, decimal UnitPrice, bool PriceIncludesTax, Record? TaxRate, decimal? Tax,
    Record? Product, Record? Service, IReadOnlyList<Record> Categories)
{
    /// <summary>Invented: with unit_price_includes_tax the net is what remains after the tax sent (Sage API 18, question 7).</summary>
    public decimal Net => SageDecimal.Money(Quantity * UnitPrice) - (PriceIncludesTax ? Tax ?? 0 : 0);

    public decimal Total => Net + (Tax ?? 0);

    public static DraftLine Read(ApiCall call, Checks checks)
    {
        var description = checks.Text("description", required: true);
        var accountId = checks.Text("ledger_account_id", required: true);
        var quantity = checks.Number("quantity", required: true);
        // Rounded before it is used (Sage API 9.1).
        var price = SageDecimal.Money(checks.Number("unit_price", required: true) ?? 0);
        var includesTax = checks.Flag("unit_price_includes_tax");
        var account = AccountOf(call, checks, accountId);
        var (rate, tax) = call.Business.VatRegistered ? TaxOf(call, checks) : NoTax(call, checks);
        var categories = LineCategories.Read(call, checks);
        return new(checks.Entity.Text("id"), description, account, quantity ?? 0, price, includesTax, rate, tax, Found(call, checks, "products", "product_id"), Found(call, checks, "services", "service_id"), categories);
    }

    /// <summary>An account that is unknown or not visible in expenses reads "Couldn't find record." (Sage API 17).</summary>
    private static Record? AccountOf(ApiCall call, Checks checks, string? id)
    {
        if (id is null) return null;
        if (call.Find("ledger_accounts", id) is { Deleted: false } found && found.Body.Flag("visible_in_expenses")) return found;
        checks.Add(SageError.NotFound);
        return null;
    }

    private static Record? Found(ApiCall call, Checks checks, string collection, string field)
    {
        if (checks.Text(field) is not { } id) return null;
        if (call.Find(collection, id) is { Deleted: false } found) return found;
        checks.Add(SageError.NotFound);
        return null;
    }

    private static (Record?, decimal?) TaxOf(ApiCall call, Checks checks)
    {
        var id = checks.Text("tax_rate_id", required: true);
        var sent = checks.Number("tax_amount") is { } amount ? SageDecimal.Money(amount) : (decimal?)null;
        if (id is null) return (null, sent);
        if (call.Find("tax_rates", id) is not { } rate)
        {
            checks.Add(SageError.NotFound);
            return (null, sent);
        }
        // Zero, exempt and no-tax rates imply 0.0; any other needs the amount, because Sage does not calculate it (Sage API 9.1).
        if (sent is null && SageDecimal.Read(rate.Body["percentage"]) is not 0m) checks.Add(SageError.Required("line_items.currency_tax_amount"));
        return (rate, sent ?? 0);
    }

    /// <summary>A business without VAT registration sends neither rate nor tax, and reads back null (Sage API 9.2).</summary>
    private static (Record?, decimal?) NoTax(ApiCall call, Checks checks)
    {
        var id = checks.Text("tax_rate_id");
        var rate = call.Find("tax_rates", id);
        // Invented: its only rate, "no VAT", may be named.
        if (checks.Number("tax_amount") is not (null or 0) || (id is not null && rate is null))
            checks.AddRule("You cannot add tax, your business is not registered for tax", "tax_rate_id");
        return (rate, null);
    }
}

/// <summary>The analysis categories of a line (Sage API 8.6): at most three, one of each type, and the type active for expenses.</summary>
internal static class LineCategories
{
    public static IReadOnlyList<Record> Read(ApiCall call, Checks line)
    {
        var found = new List<Record>();
        foreach (var id in Ids(line))
        {
            if (call.Find("analysis_type_categories", id) is not { } category)
            {
                line.Add(SageError.NotFound);
                continue;
            }
            found.Add(category);
            var type = call.Find("analysis_types", TypeOf(category))!;
            var active = type.Body["active_areas"] as JsonArray ?? [];
            // Invented: which word stands for X in the documented "… not enabled for Active Area X".
            if (!active.Any(area => area!.GetValue<string>() == "EXPENSES"))
                line.AddRule("analysis_type_categories are not enabled for Active Area EXPENSES", "analysis_type_categories");
        }
        // Invented: both wordings.
        if (found.Count > 3) line.AddRule("A line can have at most three analysis type categories.", "analysis_type_categories");
        else if (found.Select(TypeOf).Distinct().Count() < found.Count) line.AddRule("A line can have one category of each analysis type.", "analysis_type_categories");
        return found;
    }

    public static string TypeOf(Record category) => category.Body.Object("analysis_type")!.Text("id")!;

    /// <summary>Objects with an id as the guide shows them, or bare ids as the specification says.</summary>
    private static IEnumerable<string?> Ids(Checks line) => line.Entity["analysis_type_categories"] is not JsonArray given ? [] : given.Select(one =>
        one is JsonObject category ? category.Text("id") : one is JsonValue value && value.TryGetValue<string>(out var id) ? id : null);
}
