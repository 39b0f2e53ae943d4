using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>GET /businesses, /businesses/{id}, /businesses/lead and /user (Sage API 7).</summary>
internal static class Businesses
{
    public static readonly ApiRoute[] Routes =
    [
        new("GET", "businesses", "", List) { OutsideBusiness = true },
        new("GET", "businesses/{key}", "", One) { OutsideBusiness = true },
        new("GET", "user", "", User) { OutsideBusiness = true },
    ];

    /// <summary>The odd envelope: snake case, and everything on one page (Sage API 4.1).</summary>
    private static Answer List(ApiCall call) => Answer.Ok(new JsonObject
    {
        ["$total"] = call.Person.Businesses.Count,
        ["$page"] = 1,
        ["$next"] = null,
        ["$back"] = null,
        ["$items_per_page"] = int.MaxValue,
        ["$items"] = new JsonArray([.. call.Person.Businesses.Select(one => new JsonObject { ["displayed_as"] = one.Name, ["id"] = one.Id, ["$path"] = $"/businesses/{one.Id}" })]),
    });

    private static Answer One(ApiCall call)
    {
        var id = call.Key == "lead" ? call.Person.LeadBusiness.Id : call.Key;
        return call.Person.Businesses.Any(one => one.Id == id) && call.Books.Find(id, "businesses", id) is { } record
            ? Answer.Ok(record.Body)
            : Answer.Refused(404, SageError.NotFound);
    }

    private static Answer User(ApiCall call) => Answer.Ok(new JsonObject
    {
        ["id"] = call.Person.Id,
        ["displayed_as"] = call.Person.Name,
        ["first_name"] = call.Person.FirstName,
        ["last_name"] = call.Person.LastName,
        ["initials"] = call.Person.Initials,
        ["email"] = call.Person.Email,
        ["locale"] = call.Person.LeadBusiness.Country == "IE" ? "en-IE" : "en-GB",
        ["created_at"] = BusinessSeed.Opened,
        ["updated_at"] = BusinessSeed.Opened,
    });
}
