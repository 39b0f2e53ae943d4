using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>The three settings, one record each (Sage API 8.1).</summary>
internal static class Settings
{
    private const string Readers = "Settings:FO";

    public static readonly ApiRoute[] Routes =
    [
        new("GET", "financial_settings", Readers, call => Only(call, "financial_settings")),
        new("GET", "business_settings", Readers, call => Only(call, "business_settings")),
        new("GET", "invoice_settings", Readers, call => Only(call, "invoice_settings")),
    ];

    private static Answer Only(ApiCall call, string kind) => Collections.One(call with { Key = kind }, kind);
}

/// <summary>The chart of accounts (Sage API 8.2).</summary>
internal static class LedgerAccounts
{
    private const string Readers = "Sales:FRO; Purchases:FRO; Products & Services:FRO; Contacts:FRO; Bank:FRO; Journals:FRO; Settings:FO";
    private static readonly string[] Areas = ["sales", "banking", "expenses", "other_payments", "other_receipts", "journals", "reporting"];

    public static readonly ApiRoute[] Routes =
    [
        new("GET", "ledger_accounts", Readers, List),
        new("GET", "ledger_accounts/{key}", Readers, call => Collections.One(call, "ledger_accounts")),
    ];

    private static Answer List(ApiCall call)
    {
        foreach (var name in (string[])["visible_in", "not_visible_in"])
            if (call.Query(name) is { } area && !Areas.Contains(area)) return Answer.Refused(422, SageError.Invalid(name));

        return Collections.List(call, "ledger_accounts", query =>
        {
            if (call.Query("visible_in") is { } shown) query.IsTrue("visible_in_" + shown);
            if (call.Query("not_visible_in") is { } hidden) query.IsNotTrue("visible_in_" + hidden);
            if (call.Asked("show_included_in_chart")) query.IsTrue("included_in_chart");
            // Invented: control accounts are listed unless show_control_accounts=false.
            if (call.Query("show_control_accounts") == "false") query.IsNotTrue("is_control_account");
            return query.Equal("ledger_account_type.id", call.Query("ledger_account_type_id"))
                .Equal("ledger_account_classification.id", call.Query("ledger_account_classification_id"))
                .Contains(call.Query("search"), "displayed_as");
        });
    }
}

/// <summary>Tax rates (Sage API 8.3). In Great Britain and Ireland sales and purchases share one list.</summary>
internal static class TaxRates
{
    private const string Readers = "Sales:FRO; Purchases:FRO; Bank:FRO; Settings:FO";

    public static readonly ApiRoute[] Routes =
    [
        new("GET", "tax_rates", Readers, List),
        new("GET", "tax_rates/{key}", Readers, call => Collections.One(call, "tax_rates")),
    ];

    private static Answer List(ApiCall call) => call.Query("usage") is null or "sales" or "purchase"
        ? Collections.List(call, "tax_rates")
        : Answer.Refused(422, SageError.Invalid("usage"));
}

/// <summary>Bank accounts (Sage API 8.5).</summary>
internal static class BankAccounts
{
    public static readonly ApiRoute[] Routes =
    [
        new("GET", "bank_accounts", "Bank:FRO", call => Collections.List(call, "bank_accounts", query => call.Asked("filter_inactive_bank_accounts") ? query.IsTrue("is_active") : query)),
        new("GET", "bank_accounts/{key}", "Bank:FRO", call => Collections.One(call, "bank_accounts")),
    ];
}

/// <summary>Analysis types and their categories, from Standard up (Sage API 8.6). The matrix gives one analysis type to everybody.</summary>
internal static class AnalysisTypes
{
    public static readonly ApiRoute[] Routes =
    [
        new("GET", "analysis_types", "Settings:F", call => Collections.List(call, "analysis_types", query => query.Contains(call.Query("search"), "name"))) { From = Edition.Standard },
        new("GET", "analysis_types/{key}", "", call => Collections.One(call, "analysis_types")) { From = Edition.Standard },
        new("GET", "analysis_type_categories", "Settings:FO", call => Collections.List(call, "analysis_type_categories")) { From = Edition.Standard },
        new("GET", "analysis_type_categories/{key}", "Settings:FO", call => Collections.One(call, "analysis_type_categories")) { From = Edition.Standard },
    ];
}

/// <summary>Products and services (Sage API 8.7): two lists of one shape. They are made and changed on Sage's own screens.</summary>
internal static class Catalog
{
    private const string Readers = "Products & Services:FRO; Sales:FRO; Purchases:FRO";

    public static readonly ApiRoute[] Routes = [.. Pair("products"), .. Pair("services")];

    private static ApiRoute[] Pair(string kind) =>
    [
        new("GET", kind, Readers, call => List(call, kind)),
        new("GET", kind + "/{key}", Readers, call => Collections.One(call, kind)),
    ];

    private static Answer List(ApiCall call, string kind) => Collections.List(call, kind, query =>
    {
        if (call.Query("active") is { } active) query = call.Asked("active") ? query.IsTrue("active") : query.IsNotTrue("active");
        return query.Contains(call.Query("search"), "item_code", "description");
    });
}

/// <summary>Lists that never change.</summary>
internal static class StaticLists
{
    public static readonly ApiRoute[] Routes =
    [
        .. Pair("contact_types", ""),
        .. Pair("payment_methods", ""),
        .. Pair("currencies", ""),
        .. Pair("artefact_statuses", "Sales:FRO; Purchases:FRO"),
        .. Pair("attachment_context_types", ""),
        .. Pair("exchange_rates", "", WithoutId),
        .. Pair("live_exchange_rates", "", WithoutId),
        .. Pair("quick_entry_types", ""),
        .. Pair("transaction_types", ""),
    ];

    private static ApiRoute[] Pair(string kind, string readers, Func<ApiCall, Record, JsonObject>? show = null) =>
    [
        new("GET", kind, readers, call => Collections.List(call, kind, show: show)),
        new("GET", kind + "/{key}", readers, call => Collections.One(call, kind, show)),
    ];

    /// <summary>A rate has no id of its own: its path ends in the currency's.</summary>
    private static JsonObject WithoutId(ApiCall call, Record record)
    {
        record.Body.Remove("id");
        return record.Body;
    }
}
