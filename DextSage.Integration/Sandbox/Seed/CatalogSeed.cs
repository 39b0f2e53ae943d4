using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Products and services (Sage API 8.7), in businesses that trade. One of each kind is no longer active.</summary>
internal static class CatalogSeed
{
    private const int FewProducts = 12;

    private static readonly string[] Wares = ["Oak board", "Pine board", "Brass hinge", "Steel bracket", "Wood oil", "Linen cloth", "Packing box", "Paper roll"];
    private static readonly string[] Sizes = ["small", "medium", "large"];
    private static readonly string[] Services = ["Delivery", "Fitting, per hour", "Repair, per hour", "Design, per day", "Training, per day", "Yearly inspection", "Storage, per week", "Consulting, per day"];

    public static void Fill(SeedPage page, SageSandboxOptions options)
    {
        var products = page.Business == Organisation.Marsh ? options.LargeProducts : FewProducts;
        for (var number = 1; number <= products; number++)
            Add(page, "products", Code("P", number), Ware(number), sales: 4000, purchases: 5000, active: number != 7);
        for (var number = 1; number <= Services.Length; number++)
            Add(page, "services", Code("S", number), Services[number - 1], sales: 4010, purchases: number % 2 == 0 ? 5030 : null, active: number != 5);
    }

    private static string Ware(int number)
    {
        var (round, at) = Math.DivRem(number - 1, Wares.Length * Sizes.Length);
        var name = $"{Wares[at / Sizes.Length]}, {Sizes[at % Sizes.Length]}";
        return round == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({round + 1})");
    }

    private static string Code(string letter, int number) => letter + number.ToString("000", CultureInfo.InvariantCulture);

    private static void Add(SeedPage page, string kind, string code, string description, int sales, int? purchases, bool active)
    {
        var isProduct = kind == "products";
        var entry = Reference.To(kind, page.Id(kind, code), $"{description} ({code})");
        entry["created_at"] = BusinessSeed.Opened;
        entry["updated_at"] = BusinessSeed.Opened;
        entry["deleted_at"] = null;
        entry["deletable"] = true;
        entry["deactivatable"] = active;
        entry["used_on_recurring_invoice"] = false;
        entry["item_code"] = code;
        entry["description"] = description;
        entry["notes"] = null;
        entry["sales_ledger_account"] = LedgerAccountSeed.ReferenceTo(page, sales);
        entry["sales_tax_rate"] = TaxRateSeed.ReferenceTo(page.Business, "STANDARD");
        entry["purchase_ledger_account"] = purchases is { } account ? LedgerAccountSeed.ReferenceTo(page, account) : null;
        entry["usual_supplier"] = null;
        entry["purchase_tax_rate"] = TaxRateSeed.ReferenceTo(page.Business, "STANDARD");
        entry["cost_price"] = "0.0";
        entry[isProduct ? "sales_prices" : "sales_rates"] = new JsonArray();
        entry["source_guid"] = null;
        entry["purchase_description"] = description;
        // Null has been met where true was meant (Sage API 8.7).
        entry["active"] = active ? code == "P002" ? null : true : false;
        if (isProduct) entry["catalog_item_type"] = Reference.To("catalog_item_types", "PRODUCT", "Non-stock");
        page.Add(kind, entry);
    }
}
