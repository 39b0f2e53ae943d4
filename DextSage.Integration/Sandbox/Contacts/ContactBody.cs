using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A contact with every member that Sage sends.</summary>
internal static class ContactBody
{
    public static JsonObject New(string id, string name, string type, string? reference, JsonObject currency, string at) => new()
    {
        ["id"] = id,
        ["displayed_as"] = DisplayedAs(name, reference),
        ["$path"] = $"/contacts/{id}",
        ["created_at"] = at,
        ["updated_at"] = at,
        ["links"] = new JsonArray(),
        ["deleted_at"] = null,
        ["balance"] = "0.0",
        // In Great Britain and Ireland a vendor is called a supplier (Sage API 8.4).
        ["contact_types"] = new JsonArray(Reference.To("contact_types", type, type == "VENDOR" ? "Supplier" : "Customer")),
        ["name"] = name,
        ["reference"] = reference,
        ["default_sales_ledger_account"] = null,
        ["default_sales_tax_rate"] = null,
        ["default_purchase_ledger_account"] = null,
        ["tax_number"] = null,
        ["notes"] = null,
        ["locale"] = "en",
        ["main_address"] = null,
        ["delivery_address"] = null,
        ["main_contact_person"] = null,
        ["bank_account_details"] = null,
        ["credit_limit"] = null,
        ["credit_days"] = null,
        ["credit_terms"] = null,
        ["credit_terms_and_conditions"] = null,
        ["product_sales_price_type"] = null,
        ["source_guid"] = null,
        ["currency"] = currency,
        ["aux_reference"] = null,
        ["registered_number"] = null,
        ["deletable"] = true,
        ["tax_treatment"] = new JsonObject { ["home_tax"] = true, ["eu_tax_registered"] = false, ["eu_not_tax_registered"] = false, ["rest_of_world_tax"] = false, ["is_importer"] = false },
        ["email"] = null,
        ["tax_calculation"] = null,
        ["auxiliary_account"] = null,
        ["gdpr_obfuscated"] = false,
        ["system"] = false,
        ["has_unfinished_recurring_invoices"] = false,
        ["is_active"] = true,
        ["destination_vat_blocking"] = false,
    };

    public static string DisplayedAs(string name, string? reference) => reference is null ? name : $"{name} ({reference})";
}
