using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>The parts of a contact that are records of their own in Sage.</summary>
internal static class ContactParts
{
    public static JsonObject? Address(Checks contact, ApiCall call)
    {
        if (contact.Entity.Object("main_address") is not { } given) return null;
        var checks = contact.Inside(given, "main_address", "[main_address]");
        var lines = new[] { ("address_line_1", 50), ("address_line_2", 50), ("city", 50), ("region", 50), ("postal_code", 10), ("name", 50) };
        var texts = lines.Select(line => (line.Item1, Text: checks.Text(line.Item1, line.Item2))).ToList();
        var country = checks.Text("country_id") ?? call.Business.Country;
        if (country.Length != 2) checks.Add(SageError.Invalid("contact[main_address][country_id]"));
        var type = checks.Text("address_type_id") ?? "ACCOUNTS";

        var address = Reference.To("addresses", SeedId.New(), string.Join('\n', texts.Where(line => line.Item1 != "name" && line.Text is { Length: > 0 }).Select(line => line.Text)));
        foreach (var (name, text) in texts) address[name] = text;
        address["country"] = Reference.To("countries", country, country);
        address["address_type"] = Reference.To("address_types", type, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(type.ToLowerInvariant()));
        address["is_main_address"] = true;
        return address;
    }

    public static JsonObject? MainPerson(Checks contact, string? contactName)
    {
        if (contact.Entity.Object("main_contact_person") is not { } given) return null;
        var checks = contact.Inside(given, "main_contact_person", "[main_contact_person]");
        var name = checks.Text("name", 50) ?? contactName;
        var person = Reference.To("contact_persons", SeedId.New(), name);
        person["name"] = name;
        foreach (var (field, most) in new[] { ("job_title", 50), ("telephone", 50), ("mobile", 50), ("email", 100), ("fax", 50) })
            person[field] = checks.Text(field, most);
        person["is_main_contact"] = true;
        return person;
    }
}
