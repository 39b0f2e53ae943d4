using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One line as asked for, with its amounts computed as Sage does: per line, to the penny, tax as the client says (Sage API 9.2).</summary>
internal sealed record DraftLine(
    string? Id, string? Description, Record? Account, decimal Quantity, decimal UnitPrice, bool PriceIncludesTax, decimal Discount, Record? TaxRate, decimal? Tax,
    Record? Product, Record? Service, IReadOnlyList<Record> Categories)
{
    /// <summary>Invented: with unit_price_includes_tax the net is what remains after the tax sent (Sage API 18, question 7).</summary>
    public decimal Net => SageDecimal.Money(Quantity * UnitPrice) - Discount - (PriceIncludesTax ? Tax ?? 0 : 0);

    public decimal Total => Net + (Tax ?? 0);

    /// <summary>A line of an invoice or credit note.</summary>
    public static DraftLine Read(ApiCall call, Checks checks, Side side)
    {
        var description = checks.Text("description", required: true);
        var accountId = checks.Text("ledger_account_id", required: true);
        // Only a sale may leave it out (Sage API 10).
        var quantity = checks.Number("quantity", required: side == Side.Purchases) ?? (side == Side.Sales ? 1 : 0);
        // Rounded before it is used (Sage API 9.1).
        var price = SageDecimal.Money(checks.Number("unit_price", required: true) ?? 0);
        var includesTax = checks.Flag("unit_price_includes_tax");
        var discount = side == Side.Sales ? DiscountOf(checks, quantity * price) : 0;
        var account = AccountingRules.Account(call, checks, accountId, side.AccountFlag);
        var (rate, tax) = LineTax.Read(call, checks, required: true);
        var categories = LineCategories.Read(call, checks, side.AnalysisArea);
        return new(checks.Entity.Text("id"), description, account, quantity, price, includesTax, discount, rate, tax,
            AccountingRules.Named(call, checks, "products", "product_id"), AccountingRules.Named(call, checks, "services", "service_id"), categories);
    }

    /// <summary>The one line of a quick entry, or a line of another payment: an account with its net, tax and total.</summary>
    public static DraftLine ReadAmounts(ApiCall call, Checks checks, string accountFlag, string analysisArea, bool totalRequired)
    {
        var account = AccountingRules.Account(call, checks, checks.Text("ledger_account_id", required: true), accountFlag);
        var (rate, tax) = LineTax.Read(call, checks, required: false);
        var net = Amount(checks, "net_amount", required: false);
        // Invented: of net and total one is enough, and both have to agree with the tax.
        var total = Amount(checks, "total_amount", totalRequired || net is null);
        if (net is not null && total is not null && net + (tax ?? 0) != total) checks.AddRule("The net and tax amounts do not add up to the total.", "total_amount");
        return new(checks.Entity.Text("id"), checks.Entity.Text("details"), account, 1, net ?? (total ?? 0) - (tax ?? 0), PriceIncludesTax: false, 0, rate, tax, null, null, LineCategories.Read(call, checks, analysisArea));
    }

    private static decimal? Amount(Checks checks, string name, bool required) => checks.Number(name, required) is { } amount ? SageDecimal.Money(amount) : null;

    /// <summary>An amount, or else a percentage of the line. Invented: the amount wins where both are sent.</summary>
    private static decimal DiscountOf(Checks checks, decimal gross)
    {
        var (amount, percentage) = (checks.Number("discount_amount"), checks.Number("discount_percentage"));
        return SageDecimal.Money(amount ?? gross * (percentage ?? 0) / 100);
    }
}

/// <summary>The tax rate of a line and the tax that the client computed (Sage API 9.2).</summary>
internal static class LineTax
{
    public static (Record? Rate, decimal? Tax) Read(ApiCall call, Checks checks, bool required) =>
        call.Business.VatRegistered ? OfRegistered(call, checks, required) : OfUnregistered(call, checks);

    private static (Record?, decimal?) OfRegistered(ApiCall call, Checks checks, bool required)
    {
        var id = checks.Text("tax_rate_id", required: required);
        var sent = checks.Number("tax_amount") is { } amount ? SageDecimal.Money(amount) : (decimal?)null;
        if (id is null) return (null, sent ?? 0);
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
    private static (Record?, decimal?) OfUnregistered(ApiCall call, Checks checks)
    {
        var id = checks.Text("tax_rate_id");
        var rate = call.Find("tax_rates", id);
        // Invented: its only rate, "no VAT", may be named.
        if (checks.Number("tax_amount") is not (null or 0) || (id is not null && rate is null))
            checks.AddRule("You cannot add tax, your business is not registered for tax", "tax_rate_id");
        return (rate, null);
    }
}

/// <summary>The analysis categories of a line (Sage API 8.6): at most three, one of each type, and the type active for the area.</summary>
internal static class LineCategories
{
    public static IReadOnlyList<Record> Read(ApiCall call, Checks line, string area)
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
            if (!active.Any(one => one!.GetValue<string>() == area))
                line.AddRule($"analysis_type_categories are not enabled for Active Area {area}", "analysis_type_categories");
        }
        // Invented: both wordings.
        if (found.Count > 3) line.AddRule("A line can have at most three analysis type categories.", "analysis_type_categories");
        else if (found.Select(TypeOf).Distinct().Count() < found.Count) line.AddRule("A line can have one category of each analysis type.", "analysis_type_categories");
        return found;
    }

    public static JsonArray Show(ApiCall call, DraftLine line) => new([.. line.Categories.Select(category =>
    {
        var shown = category.AsReference();
        shown["analysis_type"] = call.Find("analysis_types", TypeOf(category))!.AsReference();
        return shown;
    })]);

    private static string TypeOf(Record category) => category.Body.Object("analysis_type")!.Text("id")!;

    /// <summary>
    /// Objects with an id as the guide shows them, or bare ids as the description says. For quick entries it says objects with an
    /// <c>analysis_type_id</c>; invented: that this too is the category's id.
    /// </summary>
    private static IEnumerable<string?> Ids(Checks line) => line.Entity["analysis_type_categories"] is not JsonArray given ? [] : given.Select(one =>
        one is JsonObject category ? category.Text("id") ?? category.Text("analysis_type_id") : one is JsonValue value && value.TryGetValue<string>(out var id) ? id : null);
}
