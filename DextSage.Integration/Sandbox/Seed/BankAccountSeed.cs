using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One current account and one cash box (Sage API 8.5).</summary>
internal static class BankAccountSeed
{
    public static void Fill(SeedPage page)
    {
        page.Add("bank_accounts", Body(page, 1200, "Current", "CHECKING", "Current"));
        page.Add("bank_accounts", Body(page, 1210, "Cash in Hand", "CASH_IN_HAND", "Cash in Hand"));
    }

    private static JsonObject Body(SeedPage page, int code, string name, string type, string typeName)
    {
        var ledger = LedgerAccountSeed.ReferenceTo(page, code);
        var account = Reference.To("bank_accounts", page.Id("bank_account", type), ledger.Text("displayed_as"));
        account["created_at"] = BusinessSeed.Opened;
        account["updated_at"] = BusinessSeed.Opened;
        account["deleted_at"] = null;
        account["bank_account_details"] = new JsonObject { ["account_name"] = name, ["account_number"] = null, ["sort_code"] = null, ["bic"] = null, ["iban"] = null };
        account["ledger_account"] = ledger;
        account["bank_account_type"] = Reference.To("bank_account_types", type, typeName);
        account["balance"] = "0.0";
        account["main_address"] = null;
        account["main_contact_person"] = null;
        // Null in every recorded sample; the code is on the ledger account.
        account["nominal_code"] = null;
        account["editable"] = true;
        account["deletable"] = false;
        account["journal_code"] = null;
        account["default_payment_method"] = type == "CHECKING" ? Reference.To("payment_methods", "ELECTRONIC", "Electronic") : Reference.To("payment_methods", "CASH", "Cash");
        account["gifi_code"] = null;
        account["is_active"] = true;
        account["currency"] = Reference.To("currencies", page.Business.BaseCurrency, CurrencySeed.Name(page.Business.BaseCurrency));
        return account;
    }
}
