using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Six analysis types with three categories each (Sage API 8.6). Areas are active only in the big Plus business.</summary>
internal static class AnalysisSeed
{
    private static readonly (string Name, int Level)[] Types =
        [("Department", 1), ("Customer Group", 2), ("Cost Centre", 1), ("Supplier Group", 2), ("Project", 1), ("Product Group", 2)];

    public static void Fill(SeedPage page)
    {
        foreach (var (name, level) in Types)
        {
            var type = Reference.To("analysis_types", page.Id("analysis_type", name), name);
            var categories = Enumerable.Range(1, 3).Select(number => Category(page, type, name, number)).ToList();
            type["created_at"] = BusinessSeed.Opened;
            type["updated_at"] = BusinessSeed.Opened;
            type["active_areas"] = page.Business == Organisation.Marsh && name is ("Department" or "Cost Centre") ? new JsonArray("SALES", "EXPENSES", "BANKING") : new JsonArray();
            // An object on the wire, whatever the specification says.
            type["analysis_type_level"] = level == 1
                ? new JsonObject { ["id"] = 1, ["name"] = "TRANSACTION_LEVEL", ["identifier"] = "TRANSACTION" }
                : new JsonObject { ["id"] = 2, ["name"] = "GROUP_LEVEL", ["identifier"] = "GROUP" };
            type["analysis_type_categories"] = new JsonArray([.. categories.Select(category => category.DeepClone())]);
            type["name"] = name;
            page.Add("analysis_types", type);
            foreach (var category in categories) page.Add("analysis_type_categories", category);
        }
    }

    private static JsonObject Category(SeedPage page, JsonObject type, string typeName, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var category = Reference.To("analysis_type_categories", page.Id("analysis_type_category", typeName, text), $"{typeName} {text}");
        category["created_at"] = BusinessSeed.Opened;
        category["updated_at"] = BusinessSeed.Opened;
        category["code"] = "0" + text;
        category["name"] = $"{typeName} {text}";
        category["combined_id"] = $"2832223,860475{text}";
        category["analysis_type"] = type.DeepClone();
        return category;
    }
}
