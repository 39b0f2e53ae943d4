using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>The lists with symbolic ids (Sage API 8.5, 8.8).</summary>
internal static class StaticSeed
{
    private static readonly (string Kind, string Id, string Name)[] Entries =
    [
        ("contact_types", "CUSTOMER", "Customer"),
        ("contact_types", "VENDOR", "Supplier"),
        // Invented beyond CASH, CREDIT_DEBIT and ELECTRONIC: Sage's whole list is not known.
        ("payment_methods", "CASH", "Cash"),
        ("payment_methods", "CHECK", "Cheque"),
        ("payment_methods", "CREDIT_DEBIT", "Credit/Debit Card"),
        ("payment_methods", "ELECTRONIC", "Electronic"),
        ("artefact_statuses", "UNPAID", "Unpaid"),
        ("artefact_statuses", "PART_PAID", "Part Paid"),
        ("artefact_statuses", "PAID", "Paid"),
        ("artefact_statuses", "VOID", "Void"),
        ("artefact_statuses", "DRAFT", "Draft"),
        ("artefact_statuses", "DISPUTED", "Disputed"),
        ("artefact_statuses", "DECLINED", "Declined"),
        ("artefact_statuses", "PRO_FORMA", "Pro Forma"),
        // Invented: the id of the credit note (Sage API 18, question 3).
        ("quick_entry_types", "INVOICE", "Invoice"),
        ("quick_entry_types", "CREDIT_NOTE", "Credit Note"),
        ("attachment_context_types", "PURCHASE_INVOICE", "Purchase Invoice"),
        ("attachment_context_types", "PURCHASE_CREDIT_NOTE", "Purchase Credit Note"),
        ("attachment_context_types", "OTHER_PAYMENT", "Other Payment"),
        ("attachment_context_types", "JOURNAL", "Journal"),
        ("attachment_context_types", "SALES_INVOICE", "Sales Invoice"),
        ("attachment_context_types", "BANK_TRANSFER", "Bank Transfer"),
    ];

    public static void Fill(SeedPage page)
    {
        foreach (var (kind, id, name) in Entries) page.Add(kind, Reference.To(kind, id, name));
        foreach (var type in TransactionTypes.All) page.Add("transaction_types", type.AsReference());
    }
}

/// <summary>Three currencies. Their worth is invented and never changes.</summary>
internal static class CurrencySeed
{
    private static readonly string[] Ids = ["GBP", "EUR", "USD"];

    public static void Fill(SeedPage page)
    {
        foreach (var id in Ids) page.Add("currencies", Reference.To("currencies", id, Name(id)));
    }

    /// <summary>What one unit of a currency is worth in the business's own (Sage API 13), with the id that its path names.</summary>
    public static void FillRates(SeedPage page)
    {
        if (!page.Business.MultiCurrency) return;
        foreach (var kind in (string[])["exchange_rates", "live_exchange_rates"])
            foreach (var id in Ids.Where(id => id != page.Business.BaseCurrency)) page.Add(kind, Rate(page.Business, kind, id));
    }

    private static JsonObject Rate(Organisation business, string kind, string id)
    {
        var worth = Worth(id, business.BaseCurrency);
        var rate = Reference.To(kind, id, $"{id} {SageDecimal.Text(worth)}");
        rate["updated_at"] = BusinessSeed.Opened;
        rate["rate"] = SageDecimal.Text(worth);
        rate["inverse_rate"] = SageDecimal.Text(Math.Round(1 / worth, 6));
        rate["base_currency"] = Reference.To("currencies", business.BaseCurrency, Name(business.BaseCurrency));
        rate["currency"] = Reference.To("currencies", id, Name(id));
        return rate;
    }

    public static string Name(string id) => id switch { "GBP" => "Pound Sterling (GBP)", "EUR" => "Euro (EUR)", _ => "US Dollar (USD)" };

    public static decimal Worth(string currency, string inCurrency) => Math.Round(InPounds(currency) / InPounds(inCurrency), 6);

    private static decimal InPounds(string currency) => currency switch { "EUR" => 0.86m, "USD" => 0.76m, _ => 1m };
}
