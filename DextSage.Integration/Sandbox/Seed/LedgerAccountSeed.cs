using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A chart of accounts in the manner of Sage's British default (Sage API 8.2).</summary>
internal static class LedgerAccountSeed
{
    private sealed record Line(int Code, string Name, string Type, string TaxRate = "STANDARD", bool IsControl = false, bool FixedRate = false);

    private const int FirstExtraCode = 10_000;

    private static readonly Line[] Chart =
    [
        new(30, "Office equipment and IT - Cost", "FIXED_ASSETS"),
        new(31, "Office equipment and IT - Accumulated Depreciation", "FIXED_ASSETS", "NO_TAX"),
        new(40, "Fixtures and fittings - Cost", "FIXED_ASSETS"),
        new(41, "Fixtures and fittings - Accumulated Depreciation", "FIXED_ASSETS", "NO_TAX"),
        new(50, "Motor Vehicles - Cost", "FIXED_ASSETS"),
        new(51, "Motor Vehicles - Accumulated Depreciation", "FIXED_ASSETS", "NO_TAX"),
        new(1000, "Stock", "CURRENT_ASSETS", "NO_TAX"),
        new(1100, "Trade Debtors", "CURRENT_ASSETS", "NO_TAX", IsControl: true),
        new(1101, "Other Debtors", "CURRENT_ASSETS", "NO_TAX"),
        new(1103, "Prepayments", "CURRENT_ASSETS"),
        new(1200, "Current", "BANK", "NO_TAX"),
        new(1210, "Cash in Hand", "BANK", "NO_TAX"),
        new(2100, "Trade Creditors", "CURRENT_LIABILITY", "NO_TAX", IsControl: true),
        new(2102, "Other Creditors: Sundry", "CURRENT_LIABILITY", "NO_TAX"),
        new(2109, "Accruals", "CURRENT_LIABILITY", "NO_TAX"),
        new(2200, "VAT on Sales", "CURRENT_LIABILITY", "NO_TAX", IsControl: true),
        new(2201, "VAT on Purchases", "CURRENT_LIABILITY", "NO_TAX", IsControl: true),
        new(2202, "VAT Liability", "CURRENT_LIABILITY", "NO_TAX", IsControl: true),
        new(2210, "PAYE/NI", "CURRENT_LIABILITY", "NO_TAX"),
        new(2220, "Net Wages", "CURRENT_LIABILITY", "NO_TAX"),
        new(2230, "Pension Liability", "CURRENT_LIABILITY", "NO_TAX"),
        new(2250, "Credit Card", "CURRENT_LIABILITY", "NO_TAX"),
        new(2300, "Loans", "FUTURE_LIABILITY", "NO_TAX"),
        new(3000, "Share Capital", "EQUITY", "NO_TAX"),
        new(3010, "Director's Current Account", "EQUITY", "NO_TAX"),
        new(3200, "Profit and Loss Account", "EQUITY", "NO_TAX", IsControl: true),
        new(4000, "Sales - Products", "SALES"),
        new(4010, "Sales - Services", "SALES"),
        new(4200, "Sales - Fixed Assets", "SALES"),
        new(4900, "Other Income", "OTHER_INCOME"),
        new(4910, "Exchange Rate Gains", "OTHER_INCOME", "NO_TAX"),
        new(5000, "Cost of sales - goods", "DIRECT_EXPENSES"),
        new(5010, "Cost of sales - materials", "DIRECT_EXPENSES"),
        new(5020, "Cost of sales - delivery", "DIRECT_EXPENSES"),
        new(5030, "Subcontractors", "DIRECT_EXPENSES"),
        new(5900, "Discounts Received", "DIRECT_EXPENSES", "NO_TAX"),
        new(6200, "Marketing", "OVERHEADS"),
        new(6201, "Advertising", "OVERHEADS"),
        new(7000, "Wages and Salaries", "OVERHEADS", "NO_TAX", FixedRate: true),
        new(7006, "Employer's NI", "OVERHEADS", "NO_TAX", FixedRate: true),
        new(7010, "Staff Training", "OVERHEADS"),
        new(7100, "Rent", "OVERHEADS", "EXEMPT"),
        new(7103, "Rates", "OVERHEADS", "NO_TAX"),
        new(7104, "Insurance", "OVERHEADS", "EXEMPT"),
        new(7200, "Electricity", "OVERHEADS"),
        new(7201, "Gas", "OVERHEADS", "LOWER"),
        new(7202, "Water", "OVERHEADS", "ZERO"),
        new(7300, "Vehicle Fuel", "OVERHEADS"),
        new(7304, "Vehicle Repairs and Servicing", "OVERHEADS"),
        new(7400, "Travel", "OVERHEADS", "ZERO"),
        new(7401, "Hotels and Subsistence", "OVERHEADS"),
        new(7402, "Entertainment", "OVERHEADS", "NO_TAX"),
        new(7500, "Office costs", "OVERHEADS"),
        new(7501, "Postage and Carriage", "OVERHEADS", "EXEMPT"),
        new(7502, "Telephone and Internet", "OVERHEADS"),
        new(7503, "Printing and Stationery", "OVERHEADS"),
        new(7504, "Books and Subscriptions", "OVERHEADS", "ZERO"),
        new(7550, "IT Software and Consumables", "OVERHEADS"),
        new(7600, "Legal and Professional Fees", "OVERHEADS"),
        new(7601, "Accountancy Fees", "OVERHEADS"),
        new(7700, "Equipment Hire", "OVERHEADS"),
        new(7800, "Repairs and Renewals", "OVERHEADS"),
        new(7801, "Cleaning", "OVERHEADS"),
        new(7900, "Bank Charges and Interest", "OVERHEADS", "EXEMPT"),
        new(7910, "Exchange Rate Losses", "OVERHEADS", "NO_TAX"),
        new(8000, "Depreciation", "DEPRECIATION", "NO_TAX"),
        new(8200, "General Expenses", "OVERHEADS"),
        new(9998, "Suspense", "SPECIAL", "NO_TAX"),
    ];

    public static void Fill(SeedPage page, SageSandboxOptions options)
    {
        foreach (var line in Chart) page.Add("ledger_accounts", Body(page, line));
        if (page.Business != Organisation.Marsh) return;
        for (var number = 1; number <= options.LargeExtraAccounts; number++)
            page.Add("ledger_accounts", Body(page, new Line(FirstExtraCode + number, string.Create(CultureInfo.InvariantCulture, $"Project costs {number:0000}"), "OVERHEADS")));
    }

    public static JsonObject ReferenceTo(SeedPage page, int code)
    {
        return ReferenceTo(page, Chart.First(one => one.Code == code));
    }

    private static JsonObject ReferenceTo(SeedPage page, Line line) => Reference.To("ledger_accounts", IdOf(page, line.Code), DisplayedAs(line));

    private static JsonObject Body(SeedPage page, Line line)
    {
        var scopes = Scopes(line);
        var account = ReferenceTo(page, line);
        account["created_at"] = BusinessSeed.Opened;
        account["updated_at"] = BusinessSeed.Opened;
        account["ledger_account_group"] = new JsonObject { ["id"] = Group(line.Type), ["displayed_as"] = Words(Group(line.Type)) };
        account["name"] = line.Name;
        account["display_name"] = line.Name;
        account["visible_scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]);
        account["included_in_chart"] = true;
        account["nominal_code"] = line.Code;
        account["ledger_account_type"] = Reference.To("ledger_account_types", line.Type, Words(line.Type));
        account["ledger_account_classification"] = null;
        account["tax_rate"] = TaxRateSeed.ReferenceTo(page.Business, line.TaxRate);
        account["fixed_tax_rate"] = line.FixedRate;
        foreach (var scope in (string[])["banking", "expenses", "journals", "other_payments", "other_receipts", "reporting", "sales"])
            account["visible_in_" + scope] = scopes.Contains(scope);
        account["balance_details"] = null;
        account["is_control_account"] = line.IsControl;
        account["control_name"] = line.IsControl ? line.Name.ToUpperInvariant().Replace(' ', '_') : null;
        account["display_formatted"] = string.Create(CultureInfo.InvariantCulture, $"{line.Code:0000} - {line.Name}");
        account["cis_materials"] = false;
        account["cis_labour"] = false;
        return account;
    }

    /// <summary>Where an account may be chosen. A fixed asset shows in expenses too (Sage API 8.2), so the flag decides and not the group.</summary>
    private static string[] Scopes(Line line) => line.IsControl ? ["journals", "reporting"] : line.Type switch
    {
        "SALES" or "OTHER_INCOME" => ["sales", "other_receipts", "journals", "reporting"],
        "DIRECT_EXPENSES" or "OVERHEADS" or "DEPRECIATION" or "FIXED_ASSETS" => ["expenses", "other_payments", "other_receipts", "journals", "reporting"],
        "BANK" => ["banking", "journals", "reporting"],
        _ => ["other_payments", "other_receipts", "journals", "reporting"],
    };

    // Invented beyond ASSET, EXPENSE and INCOME.
    private static string Group(string type) => type switch
    {
        "SALES" or "OTHER_INCOME" => "INCOME",
        "DIRECT_EXPENSES" or "OVERHEADS" or "DEPRECIATION" => "EXPENSE",
        "FIXED_ASSETS" or "CURRENT_ASSETS" or "BANK" => "ASSET",
        "EQUITY" => "EQUITY",
        "SPECIAL" => "SPECIAL",
        _ => "LIABILITY",
    };

    private static string IdOf(SeedPage page, int code) => page.Id("ledger_account", code.ToString(CultureInfo.InvariantCulture));

    private static string DisplayedAs(Line line) => string.Create(CultureInfo.InvariantCulture, $"{line.Name} ({line.Code:0000})");

    private static string Words(string id) => id[0] + id[1..].Replace('_', ' ').ToLowerInvariant();
}
