using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A business and its three settings (Sage API 7, 8.1).</summary>
internal static class BusinessSeed
{
    /// <summary>When every pretend business was opened, long before anything a test may call "since".</summary>
    public const string Opened = "2020-01-01T09:00:00Z";

    public static void Fill(SeedPage page)
    {
        var business = page.Business;
        page.Add("businesses", new JsonObject
        {
            ["created_at"] = Opened,
            ["updated_at"] = Opened,
            ["displayed_as"] = business.Name,
            ["id"] = business.Id,
            ["name"] = business.Name,
            ["address_line_1"] = "1 Sandbox Street",
            ["address_line_2"] = null,
            ["city"] = business.Country == "IE" ? "Dublin" : "Bristol",
            ["postal_code"] = business.Country == "IE" ? "D01 X2X2" : "BS1 1AA",
            // In the core part of the API a country is an id and a name, with no path (Sage API 7).
            ["country"] = new JsonObject { ["id"] = business.Country, ["displayed_as"] = business.Country == "IE" ? "Ireland (IE)" : "United Kingdom (GB)" },
            ["region"] = null,
            ["telephone"] = null,
            ["mobile"] = null,
            ["website"] = null,
            ["is_demo"] = false,
            ["ni_based"] = false,
            ["subscriptions"] = new JsonArray(new JsonObject
            {
                ["created_at"] = Opened, ["updated_at"] = Opened, ["displayed_as"] = business.Edition == Edition.Plus ? "Accounting Plus" : "Accounting " + business.Edition,
                ["id"] = business.SubscriptionId, ["active"] = true, ["status"] = "paying", ["accountant_pays"] = false,
            }),
        });
        page.Add("financial_settings", Financial(business));
        page.Add("business_settings", new JsonObject
        {
            ["$path"] = "/business_settings",
            ["default_ledger_accounts"] = new JsonObject
            {
                ["sales_ledger_account"] = Account(page, 4000),
                ["purchase_ledger_account"] = Account(page, 5000),
                ["other_payment_ledger_account"] = Account(page, 8200),
                ["bank_charges_ledger_account"] = Account(page, 7900),
                ["exchange_rate_gains_ledger_account"] = Account(page, 4910),
                ["exchange_rate_losses_ledger_account"] = Account(page, 7910),
                ["purchase_discount_ledger_account"] = Account(page, 5900),
            },
            ["country_of_registration"] = Reference.To("countries", business.Country, business.Country),
            ["business_created_at"] = Opened,
            ["updated_at"] = Opened,
            ["wizard_complete"] = true,
        });
        page.Add("invoice_settings", new JsonObject
        {
            ["$path"] = "/invoice_settings",
            ["next_invoice_number"] = 1,
            ["next_credit_note_number"] = 1,
            ["sales_invoice_number_prefix"] = DocumentKind.SalesInvoice.Number!.Prefix,
            ["sales_credit_note_number_prefix"] = DocumentKind.SalesCreditNote.Number!.Prefix,
            ["customer_credit_days"] = 30,
            ["vendor_credit_days"] = 30,
            ["customer_credit_terms"] = "date_from_invoice",
            ["vendor_credit_terms"] = "date_from_payment",
            ["updated_at"] = Opened,
        });
    }

    private static JsonObject Financial(Organisation business) => new()
    {
        ["$path"] = "/financial_settings",
        ["year_end_date"] = "2027-03-31",
        ["year_end_lockdown_date"] = null,
        ["accounting_type"] = "accrual",
        ["accounts_start_date"] = "2020-01-01",
        ["base_currency"] = Reference.To("currencies", business.BaseCurrency, CurrencySeed.Name(business.BaseCurrency)),
        ["multi_currency_enabled"] = business.MultiCurrency,
        ["use_live_exchange_rates"] = false,
        ["mtd_activation_status"] = "mtd_unavailable",
        ["mtd_connected"] = false,
        // A date that is an empty text, as recorded from the real one (Sage API 3).
        ["mtd_authenticated_date"] = "",
        ["tax_scheme"] = business.VatRegistered ? Reference.To("tax_schemes", "STANDARD", "Standard") : Reference.To("tax_schemes", "NOT_REGISTERED", "Not Registered"),
        ["tax_return_frequency"] = business.VatRegistered ? Reference.To("tax_return_frequencies", "QUARTERLY", "Quarterly") : null,
        ["tax_number"] = business.VatRegistered ? business.Country == "IE" ? "IE1234567T" : "GB123456789" : null,
        ["default_irpf_rate"] = "0.0",
        ["flat_rate_tax_percentage"] = null,
        ["recoverable_percentage"] = null,
        ["sales_tax_calculation"] = "invoice",
        ["purchase_tax_calculation"] = "invoice",
        ["postponed_accounting"] = false,
        ["destination_vat"] = false,
        ["updated_at"] = Opened,
    };

    private static JsonObject Account(SeedPage page, int code) => LedgerAccountSeed.ReferenceTo(page, code);
}
