using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>The British rates as Sage's staff list them (Sage API 8.3). Invented: the Irish ids, in the same pattern.</summary>
internal static class TaxRateSeed
{
    private static readonly (string Id, string Name, string DisplayedAs, decimal Percentage)[] British =
    [
        ("GB_STANDARD", "STANDARD", "Standard 20.00%", 20),
        ("GB_LOWER", "LOWER", "Lower Rate 5.00%", 5),
        ("GB_ZERO", "ZERO", "Zero Rated 0.00%", 0),
        ("GB_EXEMPT", "EXEMPT", "Exempt 0.00%", 0),
        ("GB_NO_TAX", "NO_TAX", "No VAT", 0),
    ];

    private static readonly (string Id, string Name, string DisplayedAs, decimal Percentage)[] Irish =
    [
        ("IE_STANDARD", "STANDARD", "Standard 23.00%", 23),
        ("IE_REDUCED", "REDUCED", "Reduced 13.50%", 13.5m),
        ("IE_SECOND_REDUCED", "SECOND_REDUCED", "Second Reduced 9.00%", 9),
        ("IE_ZERO", "ZERO", "Zero Rated 0.00%", 0),
        ("IE_EXEMPT", "EXEMPT", "Exempt 0.00%", 0),
        ("IE_NO_TAX", "NO_TAX", "No VAT", 0),
    ];

    public static void Fill(SeedPage page)
    {
        foreach (var (id, name, displayedAs, percentage) in Of(page.Business))
        {
            var rate = Reference.To("tax_rates", id, displayedAs);
            rate["created_at"] = BusinessSeed.Opened;
            rate["updated_at"] = BusinessSeed.Opened;
            rate["name"] = name;
            rate["agency"] = null;
            rate["percentage"] = SageDecimal.Text(percentage);
            rate["percentages"] = new JsonArray(new JsonObject { ["percentage"] = SageDecimal.Text(percentage), ["from_date"] = "2011-01-04", ["to_date"] = null });
            rate["is_visible"] = true;
            rate["retailer"] = false;
            rate["editable"] = false;
            rate["deletable"] = false;
            rate["is_combined_rate"] = false;
            rate["component_tax_rates"] = new JsonArray();
            page.Add("tax_rates", rate);
        }
    }

    /// <summary>A rate by the last part of its id; what the country does not have, and what the business may not use, is its "no VAT".</summary>
    public static JsonObject ReferenceTo(Organisation business, string name)
    {
        var rates = Of(business);
        var found = rates.FirstOrDefault(rate => rate.Name == name);
        if (found.Id is null) found = rates.First(rate => rate.Name == (name == "LOWER" && rates.Length > 1 ? "REDUCED" : "NO_TAX"));
        return Reference.To("tax_rates", found.Id, found.DisplayedAs);
    }

    /// <summary>Invented: a business that is not registered sees "no VAT" alone (Sage API 18, question 18).</summary>
    private static (string Id, string Name, string DisplayedAs, decimal Percentage)[] Of(Organisation business)
    {
        var rates = business.Country == "IE" ? Irish : British;
        return business.VatRegistered ? rates : [.. rates.Where(rate => rate.Name == "NO_TAX")];
    }
}
